package io.narthex.tsdb.head;

import io.narthex.model.metadata.MetricMetadata;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
import java.util.ArrayList;
import java.util.List;

/** The metadata of one appender that the head does not know yet, until it is committed. */
final class MetadataBatch {
  private record Pending(long ref, MetricMetadata metadata) {}

  private final List<Pending> pending = new ArrayList<>(0);

  /** Takes what differs from what is known of a series. */
  void add(Head head, long ref, MetricMetadata metadata) {
    int row = head.refs.row(ref);
    if (row >= 0 && !metadata.equals(head.metadata.of(row))) {
      pending.add(new Pending(ref, metadata));
    }
  }

  /** Gives the entries the references that the log shall have. */
  void resolve(Head head) {
    for (int i = 0; i < pending.size(); i++) {
      Pending entry = pending.get(i);
      int row = head.refs.row(entry.ref());
      boolean dead = head.table.hasFlag(row, SeriesTable.FLAG_DEAD);
      long ref =
          dead ? head.series.getOrCreate(head.series.lockedLabels(row)) : head.table.ref(row);
      if (ref != entry.ref()) {
        pending.set(i, new Pending(ref, entry.metadata()));
      }
    }
  }

  /** Writes the record to an empty writer, which stays empty where there is nothing new. */
  void encode(ByteWriter out) {
    if (pending.isEmpty()) {
      return;
    }
    RecordEncoder.begin(out, RecordType.METADATA);
    for (Pending entry : pending) {
      RecordEncoder.metadata(out, entry.ref(), entry.metadata());
    }
  }

  void apply(Head head) {
    for (Pending entry : pending) {
      head.metadata.set(head.refs.row(entry.ref()), entry.metadata());
    }
  }

  void clear() {
    pending.clear();
  }
}

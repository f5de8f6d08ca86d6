package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;
import java.util.ArrayList;
import java.util.List;

/** The exemplars of one appender, between being accepted and being committed. */
final class ExemplarBatch {
  private record Pending(long ref, Labels series, Exemplar exemplar) {}

  private final List<Pending> pending = new ArrayList<>(0);

  /** Takes an exemplar, unless storage would refuse it or has it as the series' newest. */
  AppendResult add(Head head, long ref, Exemplar exemplar) {
    if (!head.exemplars.isEnabled()) {
      return AppendResult.OK;
    }
    int row = head.refs.row(ref);
    if (row < 0 || head.table.hasFlag(row, SeriesTable.FLAG_DEAD)) {
      return AppendResult.UNKNOWN_SERIES;
    }
    Labels series = head.series.lockedLabels(row);
    AppendResult result = head.exemplars.check(series, exemplar);
    if (result == AppendResult.OK) {
      pending.add(new Pending(ref, series, exemplar));
    }
    return result == AppendResult.DUPLICATE_EXEMPLAR ? AppendResult.OK : result;
  }

  /** Series that were taken out since come back under a new reference. */
  void resolve(Head head) {
    for (int i = 0; i < pending.size(); i++) {
      Pending entry = pending.get(i);
      int row = head.refs.row(entry.ref());
      boolean dead = head.table.hasFlag(row, SeriesTable.FLAG_DEAD);
      long ref = dead ? head.series.getOrCreate(entry.series()) : head.table.ref(row);
      if (ref != entry.ref()) {
        pending.set(i, new Pending(ref, entry.series(), entry.exemplar()));
      }
    }
  }

  /** Writes the record to an empty writer, which stays empty where there are no exemplars. */
  void encode(ByteWriter out) {
    if (pending.isEmpty()) {
      return;
    }
    long baseRef = pending.getFirst().ref();
    long baseTime = pending.getFirst().exemplar().timestampMillis();
    RecordEncoder.beginRelative(out, RecordType.EXEMPLARS, baseRef, baseTime);
    for (Pending entry : pending) {
      RecordEncoder.exemplar(out, baseRef, baseTime, entry.ref(), entry.exemplar());
    }
  }

  /** Hands the exemplars to the storage, which counts what it refuses now. */
  void apply(Head head) {
    for (Pending entry : pending) {
      AppendResult unused = head.exemplars.add(entry.series(), entry.exemplar());
    }
  }

  void clear() {
    pending.clear();
  }
}

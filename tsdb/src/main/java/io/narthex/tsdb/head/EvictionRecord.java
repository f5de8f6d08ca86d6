package io.narthex.tsdb.head;

import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordType;

/**
 * How the log says that series left the head early, their samples being in blocks: tombstones over
 * all times, which a deletion never writes.
 */
final class EvictionRecord {
  private EvictionRecord() {}

  static ByteWriter of(SeriesTable table, int[] rows) {
    ByteWriter record = new ByteWriter(32 * rows.length);
    RecordEncoder.begin(record, RecordType.TOMBSTONES);
    for (int row : rows) {
      RecordEncoder.tombstone(record, table.ref(row), Long.MIN_VALUE, Long.MAX_VALUE);
    }
    return record;
  }

  static boolean isEviction(long mint, long maxt) {
    return mint == Long.MIN_VALUE && maxt == Long.MAX_VALUE;
  }
}

package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.DecodeException;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.RecordType;
import io.narthex.tsdb.wal.RecordVisitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each item of the log to whoever puts its kind into the head. */
final class ReplayedRecords implements RecordVisitor {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayedRecords.class);

  private final Head head;
  private final ReplayTally tally;
  private final RecordDecoder decoder = new RecordDecoder();
  private final ReplayedSeries series;
  private final ReplayedFloats floats;
  private final ReplayedHistograms histograms;
  private final ReplayedLate late;

  ReplayedRecords(Head head, MappedChunkLists mapped, ReplayTally tally, ReplayedLate late) {
    this.head = head;
    this.tally = tally;
    this.series = new ReplayedSeries(head, mapped, tally);
    this.floats = new ReplayedFloats(head, tally);
    this.histograms = new ReplayedHistograms(head, tally);
    this.late = late;
  }

  /**
   * Takes a record.
   *
   * @throws DecodeException where it does not follow its format; items before the fault were taken
   */
  void record(byte[] bytes, int offset, int length) {
    if (RecordDecoder.type(bytes, offset, length) == RecordType.SERIES) {
      series.record(bytes, offset + 1, length - 1);
    } else {
      decoder.decode(bytes, offset, length, this);
    }
  }

  /** Takes one series of a chunk snapshot, without what is behind its labels. */
  int series(ByteReader in) {
    return series.record(in);
  }

  /** Takes the body of a chunk snapshot's record of exemplars apart. */
  void exemplars(ByteReader in, RecordDecoder.ExemplarVisitor visitor) {
    decoder.exemplars(in, visitor);
  }

  @Override
  public void series(long ref, Labels labels) {
    throw new IllegalStateException("BUG: series are taken by the record");
  }

  @Override
  public void sample(long ref, long t, double value) {
    sample(ref, t, value, 0);
  }

  @Override
  public void histogram(long ref, long t, Histogram histogram) {
    add(ref, t, histogram, 0);
  }

  @Override
  public void floatHistogram(long ref, long t, FloatHistogram histogram) {
    add(ref, t, histogram, 0);
  }

  @Override
  public void sample(long ref, long t, double value, long start) {
    undelete(ref, t);
    if (!late.take(ref, t, value, start)) {
      floats.add(ref, t, value, start);
    }
  }

  @Override
  public void histogram(long ref, long t, Histogram histogram, long start) {
    add(ref, t, histogram, start);
  }

  @Override
  public void floatHistogram(long ref, long t, FloatHistogram histogram, long start) {
    add(ref, t, histogram, start);
  }

  private void add(long ref, long t, NativeHistogram h, long start) {
    undelete(ref, t);
    if (!late.take(ref, t, h, start)) {
      histograms.add(ref, t, h, start);
    }
  }

  /**
   * A sample that came out of order after the deletion of its time is not deleted. The out-of-order
   * log has the sample but not the deletion: only here stand both, one after the other.
   */
  private void undelete(long ref, long t) {
    if (head.tombstones.isEmpty()) {
      return;
    }
    int row = head.refs.row(ref);
    if (row >= 0) {
      head.tombstones.except(head.table.ref(row), t);
    }
  }

  @Override
  public void tombstone(long ref, long from, long to) {
    int row = head.refs.row(ref);
    if (row < 0) {
      tally.unknownTombstones++;
    } else if (EvictionRecord.isEviction(from, to)) {
      tally.evict(row, head.table.hot(row), SeriesTable.base(row));
      head.forgetSamples(row);
    } else {
      head.tombstones.add(head.table.ref(row), from, to);
    }
  }

  @Override
  public void exemplar(long ref, Exemplar exemplar) {
    if (exemplar.timestampMillis() < head.minValidTime()) {
      return;
    }
    int row = head.refs.row(ref);
    if (row < 0) {
      tally.unknownExemplars++;
    } else if (head.exemplars.isEnabled()) {
      // What it refuses it has refused before: the log has exemplars as they came.
      AppendResult unused = head.exemplars.add(head.series.lockedLabels(row), exemplar);
    }
  }

  @Override
  public void mmapMarker(long ref, long chunkRef) {
    // Of the out-of-order log only.
  }

  @Override
  public void metadata(long ref, MetricMetadata metadata) {
    int row = head.refs.row(ref);
    if (row < 0) {
      tally.unknownMetadata++;
    } else {
      head.metadata.set(row, metadata);
    }
  }

  @Override
  public void unknown(int type) {
    LOG.atWarn().addKeyValue("type", type).log("WAL record of unknown type is passed over");
  }
}

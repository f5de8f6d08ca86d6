package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.HistogramEquality;
import io.narthex.model.histogram.HistogramValidation;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.util.Optional;

/** Collects a batch for the head, and judges each sample against what the head has already. */
public final class HeadAppender implements Appender {
  private final Head head;
  private final Batch batch;
  private final Isolation.Member member;
  private AppendLimits limits;
  private boolean anchored;
  private boolean refuseOutOfOrder;
  private boolean done;

  /** Present where samples get zeros in front of them. */
  private final Optional<ZeroSamples> zeros;

  HeadAppender(Head head, Batch batch) {
    this.head = head;
    this.batch = batch;
    this.anchored = !head.isEmpty();
    this.limits = head.times.appendLimits();
    this.zeros =
        head.options.zeroSamples() ? Optional.of(new ZeroSamples(head, batch)) : Optional.empty();
    this.member = head.isolation().openAppender(limits.minValidTime());
  }

  @Override
  public long series(Labels labels) {
    checkOpen();
    return head.series.getOrCreate(labels);
  }

  @Override
  public AppendResult append(long ref, long t, double value) {
    return append(ref, t, value, 0);
  }

  @Override
  public AppendResult append(long ref, long t, double value, long start) {
    checkOpen();
    if (!anchored) {
      anchor(t);
    }
    int row = head.refs.row(ref);
    if (row < 0) {
      head.metrics.seriesNotFound.inc();
      return AppendResult.UNKNOWN_SERIES;
    }
    if (start != 0 && zeros.isPresent()) {
      zeros.get().addFloat(limits, row, ref, t, start);
    }
    long[] columns = head.table.hot(row);
    int base = SeriesTable.base(row);
    long flags = columns[base + SeriesTable.HEAD];
    if ((flags & (SeriesTable.FLAG_DEAD | SeriesTable.FLAG_HISTOGRAM)) != 0
        || limits.isLate(t, columns[base + SeriesTable.LAST_T])) {
      return appendJudged(row, ref, t, value, start);
    }
    batch.add(row, ref, t, value, start);
    return AppendResult.OK;
  }

  /** Everything but a float that follows a float. */
  private AppendResult appendJudged(int row, long ref, long t, double value, long start) {
    RowReader reader = new RowReader(head);
    reader.load(row, Long.MAX_VALUE, Long.MIN_VALUE);
    if (reader.hasFlag(SeriesTable.FLAG_DEAD)) {
      head.metrics.seriesNotFound.inc();
      return AppendResult.UNKNOWN_SERIES;
    }
    AppendLimits.Admission admission = limits.judge(t, reader.lastTime());
    if (admission == AppendLimits.Admission.SAME_TIME) {
      boolean same =
          !reader.hasFlag(SeriesTable.FLAG_HISTOGRAM)
              && reader.lastValueBits() == Double.doubleToRawLongBits(value);
      return same ? AppendResult.OK : AppendResult.DUPLICATE_TIMESTAMP;
    }
    AppendResult result = result(admission, t, true);
    if (result == AppendResult.OK) {
      batch.add(row, ref, t, value, start);
    }
    return result;
  }

  @Override
  public AppendResult append(long ref, long t, Histogram histogram) {
    return appendHistogram(ref, t, histogram, 0);
  }

  @Override
  public AppendResult append(long ref, long t, FloatHistogram histogram) {
    return appendHistogram(ref, t, histogram, 0);
  }

  @Override
  public AppendResult append(long ref, long t, Histogram histogram, long start) {
    return appendHistogram(ref, t, histogram, start);
  }

  @Override
  public AppendResult append(long ref, long t, FloatHistogram histogram, long start) {
    return appendHistogram(ref, t, histogram, start);
  }

  private AppendResult appendHistogram(long ref, long t, NativeHistogram h, long start) {
    checkOpen();
    if (HistogramValidation.problem(h).isPresent()) {
      return AppendResult.INVALID;
    }
    if (!anchored) {
      anchor(t);
    }
    int row = head.refs.row(ref);
    if (row < 0 || head.table.hasFlag(row, SeriesTable.FLAG_DEAD)) {
      head.metrics.seriesNotFound.inc();
      return AppendResult.UNKNOWN_SERIES;
    }
    if (start != 0 && zeros.isPresent()) {
      zeros.get().addHistogram(limits, row, ref, t, h, start);
    }
    AppendLimits.Admission admission = limits.judge(t, head.table.hot(row, SeriesTable.LAST_T));
    if (admission != AppendLimits.Admission.SAME_TIME) {
      AppendResult result = result(admission, t, false);
      if (result == AppendResult.OK) {
        batch.add(row, ref, t, h, start);
      }
      return result;
    }
    RowReader reader = new RowReader(head);
    reader.load(row, t, t);
    boolean same =
        reader.lastTime() == t
            && reader.newestHistogram().filter(last -> HistogramEquality.same(last, h)).isPresent();
    return same ? AppendResult.OK : AppendResult.DUPLICATE_TIMESTAMP;
  }

  /** Counts a sample that is not in order, and says what becomes of it. */
  private AppendResult result(AppendLimits.Admission admission, long t, boolean isFloat) {
    if (admission == AppendLimits.Admission.IN_ORDER) {
      return AppendResult.OK;
    }
    if (admission == AppendLimits.Admission.OUT_OF_BOUNDS) {
      (isFloat ? head.metrics.floatsOutOfBounds : head.metrics.histogramsOutOfBounds).inc();
      return AppendResult.OUT_OF_BOUNDS;
    }
    if (limits.headMaxTime() > t) {
      head.metrics.outOfOrderDelta.observe((limits.headMaxTime() - t) / 1e3);
    }
    if (admission == AppendLimits.Admission.TOO_OLD) {
      (isFloat ? head.metrics.floatsTooOld : head.metrics.histogramsTooOld).inc();
      return AppendResult.TOO_OLD;
    }
    if (admission == AppendLimits.Admission.LATE && !refuseOutOfOrder) {
      return AppendResult.OK;
    }
    (isFloat ? head.metrics.floatsOutOfOrder : head.metrics.histogramsOutOfOrder).inc();
    return AppendResult.OUT_OF_ORDER;
  }

  /** The first sample of an empty head decides what is too old. */
  private void anchor(long t) {
    head.times.init(t);
    limits = head.times.appendLimits();
    anchored = true;
  }

  @Override
  public void refuseOutOfOrder(boolean refuse) {
    refuseOutOfOrder = refuse;
  }

  @Override
  public AppendResult appendExemplar(long ref, Exemplar exemplar) {
    checkOpen();
    return batch.exemplars.add(head, ref, exemplar);
  }

  @Override
  public void updateMetadata(long ref, MetricMetadata metadata) {
    checkOpen();
    batch.metadata.add(head, ref, metadata);
  }

  @Override
  public void commit() {
    checkOpen();
    try {
      batch.limits = limits;
      head.commit(batch);
    } finally {
      finish();
    }
  }

  @Override
  public void rollback() {
    checkOpen();
    finish();
  }

  @Override
  public void close() {
    if (!done) {
      finish();
    }
  }

  private void finish() {
    done = true;
    head.isolation().close(member);
    head.giveBack(batch);
  }

  private void checkOpen() {
    if (done) {
      throw new IllegalStateException("BUG: appender used after commit or rollback");
    }
  }
}

package io.narthex.promqltest;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.storage.AppendResult;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series as columns, ascending in time.
 *
 * <p>Samples at the end go behind what snapshots see; one in between is put into new arrays, so
 * that snapshots stay as they are. The storage's lock guards all but the snapshots.
 */
final class MemorySeries {
  private final Labels labels;
  private long[] timestamps = new long[16];
  private double[] values = new double[16];
  private @Nullable FloatHistogram[] histograms = new FloatHistogram[0];
  private long[] starts = new long[0];
  private int size;

  MemorySeries(Labels labels) {
    this.labels = labels;
  }

  /** One sample: a float, or a histogram whose sum is the value. */
  record Sample(
      long timestampMillis, double value, @Nullable FloatHistogram histogram, long startMillis) {}

  Labels labels() {
    return labels;
  }

  AppendResult append(Sample sample) {
    int at = size;
    while (at > 0 && timestamps[at - 1] >= sample.timestampMillis()) {
      at--;
    }
    if (at < size && timestamps[at] == sample.timestampMillis()) {
      return same(at, sample) ? AppendResult.OK : AppendResult.DUPLICATE_TIMESTAMP;
    }
    makeRoom(at, sample);
    timestamps[at] = sample.timestampMillis();
    values[at] = sample.value();
    if (histograms.length > 0) {
      FloatHistogram histogram = sample.histogram();
      histograms[at] =
          histogram == null ? null : CounterResets.withHint(histogram, at == 0 ? null : before(at));
    }
    if (starts.length > 0) {
      starts[at] = sample.startMillis();
    }
    size++;
    return AppendResult.OK;
  }

  private @Nullable FloatHistogram before(int at) {
    return histograms[at - 1];
  }

  private boolean same(int at, Sample sample) {
    FloatHistogram held = histograms.length > 0 ? histograms[at] : null;
    FloatHistogram given = sample.histogram();
    if (held == null || given == null) {
      return held == null
          && given == null
          && Double.doubleToRawLongBits(values[at]) == Double.doubleToRawLongBits(sample.value());
    }
    return HistogramComparison.identical(held, given);
  }

  private void makeRoom(int at, Sample sample) {
    boolean copies = at < size;
    int capacity = size == timestamps.length ? 2 * size : timestamps.length;
    if (copies || capacity > timestamps.length) {
      timestamps = Arrays.copyOf(timestamps, capacity);
      values = Arrays.copyOf(values, capacity);
      histograms = histograms.length > 0 ? Arrays.copyOf(histograms, capacity) : histograms;
      starts = starts.length > 0 ? Arrays.copyOf(starts, capacity) : starts;
    }
    if (sample.histogram() != null && histograms.length == 0) {
      histograms = new FloatHistogram[capacity];
    }
    if (sample.startMillis() != 0 && starts.length == 0) {
      starts = new long[capacity];
    }
    if (copies) {
      shift(timestamps, at);
      shift(values, at);
      if (histograms.length > 0) {
        shift(histograms, at);
      }
      if (starts.length > 0) {
        shift(starts, at);
      }
    }
  }

  @SuppressWarnings("SuspiciousSystemArraycopy")
  private void shift(Object column, int at) {
    System.arraycopy(column, at, column, at + 1, size - at);
  }

  Snapshot snapshot() {
    return new Snapshot(labels, timestamps, values, histograms, starts, size);
  }

  /** The series as it was at some time. */
  record Snapshot(
      Labels labels,
      long[] timestamps,
      double[] values,
      @Nullable FloatHistogram[] histograms,
      long[] starts,
      int size) {

    boolean overlaps(long mint, long maxt) {
      return size > 0 && timestamps[0] <= maxt && timestamps[size - 1] >= mint;
    }

    void read(long mint, long maxt, SampleBuffer into) {
      into.clear();
      for (int i = 0; i < size && timestamps[i] <= maxt; i++) {
        if (timestamps[i] < mint) {
          continue;
        }
        FloatHistogram histogram = histograms.length > 0 ? histograms[i] : null;
        if (histogram == null) {
          into.add(timestamps[i], values[i]);
        } else {
          into.add(timestamps[i], histogram);
        }
        if (starts.length > 0 && starts[i] != 0) {
          into.startOfLast(starts[i]);
        }
      }
    }
  }
}

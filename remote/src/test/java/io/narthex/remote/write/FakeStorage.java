package io.narthex.remote.write;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is committed; refuses samples that are not newer than the newest of their series. */
final class FakeStorage implements Appendable {
  final Map<Labels, Long> refs = new HashMap<>();
  final Map<Long, Labels> series = new HashMap<>();
  final Map<Long, Long> newest = new HashMap<>();
  final List<String> committed = new ArrayList<>();
  final List<String> metadata = new ArrayList<>();
  int seriesCalls;
  int rollbacks;
  boolean broken;

  /** Makes all references unknown, as the storage does with series that it has dropped. */
  void forgetSeries() {
    refs.clear();
    series.clear();
  }

  @Override
  public Appender appender() {
    return new Batch();
  }

  private final class Batch implements Appender {
    private final List<String> pending = new ArrayList<>();
    private boolean done;

    @Override
    public long series(Labels labels) {
      seriesCalls++;
      return refs.computeIfAbsent(
          labels,
          _ -> {
            long ref = 1000L + seriesCalls;
            series.put(ref, labels);
            return ref;
          });
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, double value, long start) {
      return add(ref, timestampMillis, start == 0 ? value : value + " since " + start + " ");
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, Histogram h, long start) {
      return start == 0
          ? append(ref, timestampMillis, h)
          : add(ref, timestampMillis, "int count=" + h.count() + " since " + start + " ");
    }

    private AppendResult add(long ref, long timestamp, Object what) {
      if (!series.containsKey(ref)) {
        return AppendResult.UNKNOWN_SERIES;
      }
      if (timestamp < newest.getOrDefault(ref, Long.MIN_VALUE)) {
        return AppendResult.OUT_OF_ORDER;
      }
      newest.put(ref, timestamp);
      pending.add(series.get(ref) + " " + what + "@" + timestamp);
      return AppendResult.OK;
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, double value) {
      return add(ref, timestampMillis, value);
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, Histogram histogram) {
      return add(
          ref,
          timestampMillis,
          "int schema=%d count=%d sum=%s zero=%d spans=%s deltas=%s hint=%s"
              .formatted(
                  histogram.schema(),
                  histogram.count(),
                  histogram.sum(),
                  histogram.zeroCount(),
                  java.util.Arrays.toString(histogram.positiveSpans()),
                  java.util.Arrays.toString(histogram.positiveDeltas()),
                  histogram.counterResetHint()));
    }

    @Override
    public AppendResult append(long ref, long timestampMillis, FloatHistogram histogram) {
      return add(
          ref,
          timestampMillis,
          "float count="
              + histogram.count()
              + " counts="
              + java.util.Arrays.toString(histogram.negativeCounts()));
    }

    @Override
    public AppendResult appendExemplar(long ref, Exemplar exemplar) {
      if (exemplar.value() < 0) {
        return AppendResult.OUT_OF_ORDER_EXEMPLAR;
      }
      pending.add(
          series.get(ref)
              + " exemplar "
              + exemplar.labels()
              + " "
              + exemplar.value()
              + "@"
              + exemplar.timestampMillis());
      return AppendResult.OK;
    }

    @Override
    public void updateMetadata(long ref, MetricMetadata info) {
      metadata.add(series.get(ref) + " " + info);
    }

    @Override
    public void commit() {
      done = true;
      if (broken) {
        throw new StorageException("write wal/00000001: no space left on device");
      }
      committed.addAll(pending);
    }

    @Override
    public void rollback() {
      done = true;
      rollbacks++;
    }

    @Override
    public void close() {
      if (!done) {
        rollback();
      }
    }
  }
}

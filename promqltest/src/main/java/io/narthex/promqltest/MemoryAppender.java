package io.narthex.promqltest;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.util.ArrayList;
import java.util.List;

/** Collects a batch for {@link MemoryStorage}. A time that is taken keeps its first value. */
final class MemoryAppender implements Appender {
  private final MemoryStorage storage;
  private final List<Pending> batch = new ArrayList<>();

  record Pending(long ref, MemorySeries.Sample sample) {}

  MemoryAppender(MemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public long series(Labels labels) {
    return storage.ref(labels);
  }

  @Override
  public AppendResult append(long ref, long timestampMillis, double value) {
    return append(ref, timestampMillis, value, 0);
  }

  @Override
  public AppendResult append(long ref, long timestampMillis, double value, long startMillis) {
    return add(ref, new MemorySeries.Sample(timestampMillis, value, null, startMillis));
  }

  @Override
  public AppendResult append(long ref, long timestampMillis, Histogram histogram) {
    return append(ref, timestampMillis, histogram.toFloat());
  }

  @Override
  public AppendResult append(long ref, long timestampMillis, FloatHistogram histogram) {
    return append(ref, timestampMillis, histogram, 0);
  }

  @Override
  public AppendResult append(
      long ref, long timestampMillis, FloatHistogram histogram, long startMillis) {
    return add(
        ref, new MemorySeries.Sample(timestampMillis, histogram.sum(), histogram, startMillis));
  }

  private AppendResult add(long ref, MemorySeries.Sample sample) {
    if (!storage.knows(ref)) {
      return AppendResult.UNKNOWN_SERIES;
    }
    batch.add(new Pending(ref, sample));
    return AppendResult.OK;
  }

  @Override
  public AppendResult appendExemplar(long ref, Exemplar exemplar) {
    return AppendResult.OK;
  }

  @Override
  public void updateMetadata(long ref, MetricMetadata metadata) {}

  @Override
  public void commit() {
    storage.commit(batch);
    batch.clear();
  }

  @Override
  public void rollback() {
    batch.clear();
  }

  @Override
  public void close() {
    batch.clear();
  }
}

package io.narthex.bench;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.util.HashMap;
import java.util.Map;

/** Accepts everything and keeps nothing, so that what comes before a storage is measured alone. */
final class DiscardingAppender implements Appender {
  private final Map<Labels, Long> refs = new HashMap<>();

  @Override
  public long series(Labels labels) {
    return refs.computeIfAbsent(labels, _ -> refs.size() + 1L);
  }

  @Override
  public AppendResult append(long ref, long timestampMillis, double value) {
    return AppendResult.OK;
  }

  @Override
  public AppendResult append(long ref, long timestampMillis, Histogram histogram) {
    return AppendResult.OK;
  }

  @Override
  public AppendResult append(long ref, long timestampMillis, FloatHistogram histogram) {
    return AppendResult.OK;
  }

  @Override
  public AppendResult appendExemplar(long ref, Exemplar exemplar) {
    return AppendResult.OK;
  }

  @Override
  public void updateMetadata(long ref, MetricMetadata metadata) {}

  @Override
  public void commit() {}

  @Override
  public void rollback() {}

  @Override
  public void close() {}
}

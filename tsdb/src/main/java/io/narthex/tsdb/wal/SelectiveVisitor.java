package io.narthex.tsdb.wal;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;

/** For visitors of few kinds of records: passes over all that they do not take. */
public abstract class SelectiveVisitor implements RecordVisitor {
  @Override
  public void series(long ref, Labels labels) {}

  @Override
  public void sample(long ref, long timestampMillis, double value) {}

  @Override
  public void tombstone(long ref, long mint, long maxt) {}

  @Override
  public void exemplar(long ref, Exemplar exemplar) {}

  @Override
  public void mmapMarker(long ref, long chunkRef) {}

  @Override
  public void metadata(long ref, MetricMetadata metadata) {}

  @Override
  public void histogram(long ref, long timestampMillis, Histogram histogram) {}

  @Override
  public void floatHistogram(long ref, long timestampMillis, FloatHistogram histogram) {}

  @Override
  public void unknown(int type) {}
}

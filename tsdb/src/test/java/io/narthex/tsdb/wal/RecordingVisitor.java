package io.narthex.tsdb.wal;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down what it is given, one line each. */
final class RecordingVisitor implements RecordVisitor {
  final List<String> lines = new ArrayList<>();

  @Override
  public void series(long ref, Labels labels) {
    lines.add("series " + ref + " " + labels);
  }

  @Override
  public void sample(long ref, long timestampMillis, double value) {
    lines.add(
        "sample "
            + ref
            + " "
            + timestampMillis
            + " "
            + Long.toHexString(Double.doubleToRawLongBits(value)));
  }

  @Override
  public void tombstone(long ref, long mint, long maxt) {
    lines.add("tombstone " + ref + " " + mint + " " + maxt);
  }

  @Override
  public void exemplar(long ref, Exemplar exemplar) {
    lines.add("exemplar " + ref + " " + exemplar);
  }

  @Override
  public void mmapMarker(long ref, long chunkRef) {
    lines.add("marker " + ref + " " + chunkRef);
  }

  @Override
  public void metadata(long ref, MetricMetadata metadata) {
    lines.add("metadata " + ref + " " + metadata);
  }

  @Override
  public void histogram(long ref, long timestampMillis, Histogram h) {
    lines.add(
        "histogram "
            + ref
            + " "
            + timestampMillis
            + " "
            + h.counterResetHint()
            + " "
            + h.schema()
            + " "
            + h.zeroThreshold()
            + " "
            + h.zeroCount()
            + " "
            + h.count()
            + " "
            + h.sum()
            + Arrays.toString(h.positiveSpans())
            + Arrays.toString(h.positiveDeltas())
            + Arrays.toString(h.negativeSpans())
            + Arrays.toString(h.negativeDeltas())
            + Arrays.toString(h.customValues()));
  }

  @Override
  public void floatHistogram(long ref, long timestampMillis, FloatHistogram h) {
    lines.add(
        "floats "
            + ref
            + " "
            + timestampMillis
            + " "
            + h.counterResetHint()
            + " "
            + h.schema()
            + " "
            + h.zeroThreshold()
            + " "
            + h.zeroCount()
            + " "
            + h.count()
            + " "
            + h.sum()
            + Arrays.toString(h.positiveSpans())
            + Arrays.toString(h.positiveCounts())
            + Arrays.toString(h.negativeSpans())
            + Arrays.toString(h.negativeCounts())
            + Arrays.toString(h.customValues()));
  }

  @Override
  public void sample(long ref, long timestampMillis, double value, long startMillis) {
    sample(ref, timestampMillis, value);
    lines.add("  since " + startMillis);
  }

  @Override
  public void histogram(long ref, long timestampMillis, Histogram h, long startMillis) {
    histogram(ref, timestampMillis, h);
    lines.add("  since " + startMillis);
  }

  @Override
  public void floatHistogram(long ref, long timestampMillis, FloatHistogram h, long startMillis) {
    floatHistogram(ref, timestampMillis, h);
    lines.add("  since " + startMillis);
  }

  @Override
  public void unknown(int type) {
    lines.add("unknown " + type);
  }
}

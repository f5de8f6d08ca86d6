package io.narthex.promql.exec.selector;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.promql.Annotations;
import io.narthex.promql.exec.MetadataLabels;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.function.Column;
import io.narthex.promql.function.Notes;
import io.narthex.promql.syntax.PositionRange;

/**
 * Words what range kernels have to say, and tells where a counter function meets what may be no
 * counter.
 */
public final class RangeNotes {
  /** What a counter function looks at to tell counters. */
  public enum CounterCheck {
    NONE,
    /** The ending of the metric's name. */
    NAME,
    /** The label {@code __type__}. */
    TYPE
  }

  private final Annotations annotations;
  private final PositionRange position;
  private final CounterCheck check;
  private volatile String lastNoCounter = "";

  /**
   * @param position of the function's range argument
   */
  public RangeNotes(Annotations annotations, PositionRange position, CounterCheck check) {
    this.annotations = annotations;
    this.position = position;
    this.check = check;
  }

  Notes of(SeriesList series, int i) {
    return new ForSeries(series.labels(i).metricName());
  }

  /** Looks at a series of which samples were used. */
  void check(SeriesList series, int i, Column out) {
    if (check == CounterCheck.NONE) {
      return;
    }
    Labels labels = series.stored(i);
    String name = series.nameHidden() ? "" : labels.metricName();
    if (name.isEmpty() || name.equals(lastNoCounter) || !mayBeNoCounter(name, labels)) {
      return;
    }
    if (hasFloats(out)) {
      lastNoCounter = check == CounterCheck.NAME ? name : "";
      tell(name, labels.get(MetadataLabels.TYPE));
    }
  }

  private boolean mayBeNoCounter(String name, Labels labels) {
    if (check == CounterCheck.TYPE) {
      String type = labels.get(MetadataLabels.TYPE);
      return !type.equals("counter") && !type.equals("histogram");
    }
    return !name.endsWith("_total")
        && !name.endsWith("_sum")
        && !name.endsWith("_count")
        && !name.endsWith("_bucket");
  }

  private static boolean hasFloats(Column out) {
    if (out.histograms == null) {
      return !out.isEmpty();
    }
    for (int k = 0; k < out.steps; k++) {
      if (out.hasFloat(k)) {
        return true;
      }
    }
    return false;
  }

  private void tell(String name, String type) {
    String text = "metric might not be a counter, ";
    if (check == CounterCheck.TYPE) {
      text +=
          "__type__ label is not set to \"counter\" or \"histogram\", got "
              + GoQuote.quote(type)
              + ": ";
    } else {
      text += "name does not end in _total/_sum/_count/_bucket: ";
    }
    annotations.info(text + GoQuote.quote(name), position);
  }

  private final class ForSeries implements Notes {
    private final String plainName;
    private final String name;

    ForSeries(String metricName) {
      this.plainName = metricName;
      this.name = GoQuote.quote(metricName);
    }

    @Override
    public void mixedFloatsAndHistograms() {
      annotations.warning(
          "encountered a mix of histograms and floats for metric name " + name, position);
    }

    @Override
    public void histogramsIgnored() {
      annotations.info(
          "ignored histograms in a range containing both floats and histograms for metric name "
              + name,
          position);
    }

    @Override
    public void mixedSchemas() {
      annotations.warning(
          "vector contains a mix of histograms with exponential and custom buckets schemas for"
              + " metric name "
              + name,
          position);
    }

    @Override
    public void notCounter() {
      annotations.warning("this native histogram metric is not a counter: " + name, position);
    }

    @Override
    public void notGauge() {
      annotations.warning("this native histogram metric is not a gauge: " + name, position);
    }

    @Override
    public void reconciledInAddition() {
      annotations.info("mismatched custom buckets were reconciled during addition", position);
    }

    @Override
    public void reconciledInSubtraction() {
      annotations.info("mismatched custom buckets were reconciled during subtraction", position);
    }

    @Override
    public void reconciledInAggregation() {
      annotations.info("mismatched custom buckets were reconciled during aggregation", position);
    }

    @Override
    public void resetCollisionInAggregation() {
      annotations.warning("conflicting counter resets during histogram aggregation", position);
    }

    @Override
    public void startTimeOverlap() {
      annotations.startTimeOverlap(plainName, position);
    }
  }
}

package io.narthex.promql.exec.selector;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.QueryStorageException;
import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.HistogramStats;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.util.List;

/** Series selected from storage, and the span of time to read of each. */
public final class Selection implements RangeSource {
  private final Execution execution;
  private final List<Matcher> matchers;
  private final SelectHints hints;
  private final boolean statsOnly;
  private SeriesSet set = SeriesSet.EMPTY;
  private SeriesList series = SeriesList.EMPTY;
  private boolean selected;
  private boolean shared;

  /**
   * @param hints their start and end are the span to read
   * @param statsOnly whether native histograms are wanted without their buckets
   */
  public Selection(
      Execution execution, List<Matcher> matchers, SelectHints hints, boolean statsOnly) {
    this.execution = execution;
    this.matchers = matchers;
    this.hints = hints;
    this.statsOnly = statsOnly;
  }

  public List<Matcher> matchers() {
    return matchers;
  }

  public SelectHints hints() {
    return hints;
  }

  @Override
  public SeriesList series() {
    if (!selected) {
      selected = true;
      set = execution.select(hints, matchers);
      series = new SeriesList(set, namesOneMetric());
    }
    return series;
  }

  private boolean namesOneMetric() {
    if (execution.options().typeAndUnitLabels()) {
      return false;
    }
    for (Matcher matcher : matchers) {
      if (matcher.type() == MatchType.EQUAL && matcher.name().equals(Labels.METRIC_NAME)) {
        return !matcher.value().isEmpty();
      }
    }
    return false;
  }

  @Override
  public void prepare() {
    shared = execution.isShared(set);
  }

  @Override
  public boolean isStored() {
    return true;
  }

  @Override
  public void read(int i, SampleBuffer into, Worker worker) {
    if (shared && worker.lastRead().copy(set, i, into)) {
      return;
    }
    try {
      set.read(i, hints.start(), hints.end(), into);
      if (shared) {
        worker.lastRead().keep(set, i, into);
      }
      if (statsOnly && into.hasHistograms()) {
        HistogramStats.reduce(into);
      }
    } catch (StorageException e) {
      throw new QueryStorageException("expanding series: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a series from a time on, for those who want to know what it looks like; {@link #series}
   * first.
   */
  public void look(int i, long from, SampleBuffer into) {
    try {
      set.read(i, from, hints.end(), into);
    } catch (StorageException e) {
      throw new QueryStorageException("expanding series: " + e.getMessage(), e);
    }
  }
}

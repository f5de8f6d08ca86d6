package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.Annotations;
import io.narthex.promql.Cancellation;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.QueryCanceledException;
import io.narthex.promql.QueryStorageException;
import io.narthex.promql.QueryTimeoutException;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What all operators of one query share. */
public final class Execution {
  private static final String STAGE = "expression evaluation";

  private record Selection(List<Matcher> matchers, SelectHints hints) {}

  private final EngineOptions options;
  private final long lookbackDeltaMillis;
  private @Nullable Querier querier;
  private final Annotations annotations;
  private final SampleAccount samples;
  private final Cancellation cancellation;
  private final long deadlineNanos;
  private final Executor helpers;
  private final ConcurrentLinkedQueue<Worker> workers = new ConcurrentLinkedQueue<>();
  private final Map<Selection, SeriesSet> selections = new HashMap<>();
  private final Set<SeriesSet> shared = Collections.newSetFromMap(new IdentityHashMap<>());

  public Execution(
      EngineOptions options,
      long lookbackDeltaMillis,
      Annotations annotations,
      SampleAccount samples,
      Cancellation cancellation,
      long deadlineNanos,
      Executor helpers) {
    this.options = options;
    this.lookbackDeltaMillis = lookbackDeltaMillis;
    this.annotations = annotations;
    this.samples = samples;
    this.cancellation = cancellation;
    this.deadlineNanos = deadlineNanos;
    this.helpers = helpers;
  }

  /** Says where series are selected from; before that, operators are only built. */
  public void open(Querier opened) {
    querier = opened;
  }

  public EngineOptions options() {
    return options;
  }

  /** A series' labels as they stand in the result. */
  public Labels finalLabels(SeriesList series, int i) {
    Labels labels = series.labels(i);
    return series.nameMarked(i) ? MetadataLabels.without(labels) : labels;
  }

  public boolean delayedNames() {
    return options.delayedNameRemoval();
  }

  public long lookbackDeltaMillis() {
    return lookbackDeltaMillis;
  }

  public Annotations annotations() {
    return annotations;
  }

  public SampleAccount samples() {
    return samples;
  }

  Executor helpers() {
    return helpers;
  }

  public Worker takeWorker() {
    Worker worker = workers.poll();
    return worker == null ? new Worker() : worker;
  }

  public void giveBack(Worker worker) {
    workers.add(worker);
  }

  /** Fails where the query has been canceled or its time is over; called once per series. */
  public void checkpoint() {
    if (cancellation.isCanceled()) {
      throw new QueryCanceledException(STAGE);
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new QueryTimeoutException(STAGE);
    }
  }

  /** Selects series; the same selection is looked up once per query. */
  public SeriesSet select(SelectHints hints, List<Matcher> matchers) {
    checkpoint();
    Selection key = new Selection(matchers, SelectHints.range(hints.start(), hints.end()));
    SeriesSet known = selections.get(key);
    if (known != null) {
      shared.add(known);
      return known;
    }
    Querier open = querier;
    if (open == null) {
      throw new IllegalStateException("BUG: selected before the storage was opened");
    }
    try {
      SeriesSet selected = open.select(hints, matchers);
      selections.put(key, selected);
      selected.warnings().forEach(annotations::storageWarning);
      return selected;
    } catch (StorageException e) {
      throw new QueryStorageException("expanding series: " + e.getMessage(), e);
    }
  }

  /** Whether several selectors have selected these series, as far as they have selected. */
  public boolean isShared(SeriesSet set) {
    return shared.contains(set);
  }
}

package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.QueryExecutionException;
import io.narthex.promql.function.Column;
import java.util.HashMap;
import java.util.Map;

/**
 * Stands behind operators that change labels: series that have become the same are one series, and
 * two samples of it at one time are an error. Where all label sets are distinct, which is nearly
 * always, it only passes columns on.
 */
public final class DistinctOperator implements Operator {
  public static final String SAME_LABELSET = "vector cannot contain metrics with the same labelset";

  private final Operator input;
  private final boolean strict;
  private SeriesList series = SeriesList.EMPTY;
  private int[][] sources = new int[0][];
  private boolean merging;
  private boolean known;

  /**
   * @param strict whether it is an error already if both series have samples at whatever times
   */
  public DistinctOperator(Operator input, boolean strict) {
    this.input = input;
    this.strict = strict;
  }

  @Override
  public SeriesList series() {
    if (known) {
      return series;
    }
    known = true;
    series = input.series();
    if (series.oneName()) {
      return series;
    }
    int n = series.size();
    Map<Labels, Integer> first = HashMap.newHashMap(n);
    int[] target = new int[n];
    for (int i = 0; i < n; i++) {
      Integer earlier = first.putIfAbsent(series.labels(i), first.size());
      target[i] = earlier == null ? first.size() - 1 : earlier;
    }
    if (first.size() < n) {
      merge(target, first.size());
    }
    return series;
  }

  private void merge(int[] target, int distinct) {
    merging = true;
    int[] sizes = new int[distinct];
    for (int t : target) {
      sizes[t]++;
    }
    sources = new int[distinct][];
    int[] heads = new int[distinct];
    for (int i = target.length - 1; i >= 0; i--) {
      int t = target[i];
      if (sources[t] == null) {
        sources[t] = new int[sizes[t]];
      }
      sources[t][--sizes[t]] = i;
      heads[t] = i;
    }
    series = series.pick(heads);
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public long heldBytes() {
    return input.heldBytes();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    if (!merging) {
      return input.column(i, into, worker);
    }
    int[] from = sources[i];
    if (from.length == 1) {
      return input.column(from[0], into, worker);
    }
    into.clear();
    Column scratch = worker.borrow(into.steps);
    for (int source : from) {
      add(input.column(source, scratch, worker), into, strict);
    }
    worker.release(scratch);
    return into;
  }

  /** Adds the samples of one column to another that must have none at the same time. */
  public static void add(Column from, Column into, boolean strict) {
    boolean both = strict && !from.isEmpty() && !into.isEmpty();
    for (int w = 0; w < from.present.length; w++) {
      if (both || (from.present[w] & into.present[w]) != 0) {
        throw new QueryExecutionException(SAME_LABELSET);
      }
    }
    for (int k = 0; k < from.steps; k++) {
      if (from.has(k)) {
        if (from.histogram(k) != null) {
          into.set(k, from.histogram(k));
        } else {
          into.set(k, from.values[k]);
        }
      }
    }
  }
}

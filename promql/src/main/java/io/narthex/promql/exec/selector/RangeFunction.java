package io.narthex.promql.exec.selector;

import io.narthex.promql.exec.Execution;
import io.narthex.promql.exec.Grid;
import io.narthex.promql.exec.Operator;
import io.narthex.promql.exec.SeriesList;
import io.narthex.promql.exec.Worker;
import io.narthex.promql.function.Column;
import io.narthex.promql.function.RangeKernel;
import io.narthex.promql.function.Windows;
import io.narthex.storage.SampleBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A function over a range vector: reads each series once and walks all windows over it. */
public final class RangeFunction implements Operator {
  /** A tenth of a second's work; then it is time to see whether the query was canceled. */
  private static final long VISITS_AT_ONCE = 1 << 26;

  /** The same for histograms, each of which takes some hundred times as long. */
  private static final long MIXED_VISITS_AT_ONCE = 1 << 18;

  private final Execution execution;
  private final RangeSource source;
  private final Grid grid;
  private final Windows prototype;
  private final Reach reach;
  private final Supplier<RangeKernel> kernelSource;
  private final boolean keepsName;
  private final RangeNotes notes;
  private final ConcurrentLinkedQueue<Windows> free = new ConcurrentLinkedQueue<>();
  private @Nullable RangeKernel kernel;
  private @Nullable SeriesList series;

  /** How far windows reach beyond their borders, for anchored and smoothed selectors. */
  public record Reach(long beforeMillis, long afterMillis) {
    public static final Reach NONE = new Reach(0, 0);
  }

  /**
   * @param windows the windows over {@code source}; a model, never loaded itself
   * @param kernel called once, when scalar arguments may be evaluated
   */
  public RangeFunction(
      Execution execution,
      RangeSource source,
      Grid grid,
      Windows windows,
      Reach reach,
      Supplier<RangeKernel> kernel,
      boolean keepsName,
      RangeNotes notes) {
    this.execution = execution;
    this.source = source;
    this.grid = grid;
    this.prototype = windows;
    this.reach = reach;
    this.kernelSource = kernel;
    this.keepsName = keepsName;
    this.notes = notes;
  }

  @Override
  public SeriesList series() {
    if (series == null) {
      SeriesList all = source.series();
      series = keepsName ? all : all.withoutNames(execution.delayedNames());
    }
    return series;
  }

  @Override
  public void prepare() {
    kernel = kernelSource.get();
    source.prepare();
  }

  @Override
  public Column column(int i, Column into, Worker worker) {
    into.clear();
    SampleBuffer samples = worker.borrowBuffer();
    source.read(i, samples, worker);
    if (!execution.options().useStartTimestamps()) {
      samples.startTimestamps = null;
    }
    Windows windows = free.poll();
    if (windows == null) {
      windows = prototype.copy();
    }
    windows.load(samples, reach.beforeMillis(), reach.afterMillis());
    count(windows);
    compute(i, windows, into, worker);
    notes.check(source.series(), i, into);
    free.add(windows);
    worker.release(samples);
    execution.samples().hold(into.count());
    return into;
  }

  /** In parts, where there is much to do, so that a query ends when it should. */
  private void compute(int i, Windows windows, Column into, Worker worker) {
    RangeKernel kernel = this.kernel;
    if (kernel == null) {
      throw new IllegalStateException("BUG: column before prepare");
    }
    SampleBuffer samples = windows.samples;
    // Kernels meet histograms and start timestamps rarely, and have a way of their own for them.
    boolean mixed = samples.hasHistograms() || samples.startTimestamps != null;
    long most = mixed ? MIXED_VISITS_AT_ONCE : VISITS_AT_ONCE;
    boolean whole = windows.visits() <= most;
    Windows part = whole ? windows : prototype.copy();
    for (int step = 0; step < grid.steps(); ) {
      if (whole) {
        step = grid.steps();
      } else {
        execution.checkpoint();
        step = part.take(windows, step, most);
      }
      if (mixed) {
        kernel.mixed(part, into, worker.scratch(), notes.of(source.series(), i));
      } else {
        kernel.floats(part, into, worker.scratch());
      }
    }
  }

  /** Accounts for what the function looks at. */
  private void count(Windows windows) {
    long total = 0;
    long read = 0;
    int seen = 0;
    boolean perStep = execution.samples().countsSteps();
    for (int k = 0; k < grid.steps(); k++) {
      int n = windows.weight(windows.low[k], windows.high[k]);
      int fresh = windows.weight(Math.max(windows.low[k], seen), windows.high[k]);
      seen = Math.max(seen, windows.high[k]);
      total += n;
      read += fresh;
      if (perStep && n > 0) {
        execution.samples().lookedAt(k, n, source.isStored() ? fresh : 0);
      }
    }
    execution.samples().looked(total, source.isStored() ? read : 0);
  }
}

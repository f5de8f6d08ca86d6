package io.narthex.promqltest;

import io.narthex.model.labels.Labels;
import io.narthex.promql.syntax.SequenceValue;
import java.util.List;

/** One command of a script. */
public sealed interface ScriptStep permits ScriptStep.Clear, ScriptStep.Load, Evaluation {
  /** The line of the command, from 1. */
  int line();

  /** Drops all samples. */
  record Clear(int line) implements ScriptStep {}

  /**
   * Adds samples.
   *
   * @param stepMillis distance of the values
   * @param withCustomBuckets whether classic histograms are added as native ones as well
   */
  record Load(int line, long stepMillis, boolean withCustomBuckets, List<LoadedSeries> series)
      implements ScriptStep {
    public Load {
      series = List.copyOf(series);
    }
  }

  /**
   * A series of a load; value n stands at n steps.
   *
   * @param starts for each value since when it counts, milliseconds relative to its own time, or
   *     {@link #NO_START}; empty where no start times are given
   */
  record LoadedSeries(Labels labels, List<SequenceValue> values, List<Long> starts) {
    /** Says of one value that its start time is not known. */
    public static final long NO_START = Long.MIN_VALUE;

    public LoadedSeries {
      values = List.copyOf(values);
      starts = List.copyOf(starts);
    }
  }
}

package io.narthex.tsdb.compact;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges runs of samples of one series as Prometheus does, in the order of time: it stays with a
 * run until another has a sample that is not later. That decides which of several samples of one
 * time is kept, and what is known of counter resets: nothing of a sample that does not follow the
 * one before in its own run, unless it is a gauge.
 */
final class SampleChain {
  private static final class Run {
    final List<TypedSample> samples;
    int at = -1;

    Run(List<TypedSample> samples) {
      this.samples = samples;
    }

    boolean next() {
      return ++at < samples.size();
    }

    TypedSample sample() {
      return samples.get(at);
    }

    long t() {
      return sample().t();
    }
  }

  private final PriorityQueue<Run> waiting = new PriorityQueue<>(Comparator.comparingLong(Run::t));

  private SampleChain() {}

  /** The samples of all runs; there is at least one run. */
  static List<TypedSample> merge(List<List<TypedSample>> runs) {
    return new SampleChain().run(runs);
  }

  private List<TypedSample> run(List<List<TypedSample>> runs) {
    for (List<TypedSample> samples : runs.subList(1, runs.size())) {
      Run run = new Run(samples);
      if (run.next()) {
        waiting.add(run);
      }
    }
    List<TypedSample> merged = new ArrayList<>();
    Run current = new Run(runs.getFirst());
    boolean consecutive = false;
    while (true) {
      boolean ended = !current.next();
      if (ended && waiting.isEmpty()) {
        return merged;
      }
      if (!ended) {
        if (taken(merged, current.t())) {
          continue;
        }
        if (waiting.isEmpty() || current.t() < waiting.element().t()) {
          merged.add(consecutive ? current.sample() : forgetful(current.sample()));
          consecutive = true;
          continue;
        }
        waiting.add(current);
      }
      current = waiting.remove();
      consecutive = false;
      if (!taken(merged, current.t())) {
        merged.add(forgetful(current.sample()));
        consecutive = true;
      }
    }
  }

  private static boolean taken(List<TypedSample> merged, long t) {
    return !merged.isEmpty() && merged.getLast().t() == t;
  }

  private static TypedSample forgetful(TypedSample sample) {
    return switch (sample) {
      case TypedSample.OfFloat _ -> sample;
      case TypedSample.OfHistogram(long t, NativeHistogram h, long start) ->
          h.counterResetHint() == CounterResetHint.GAUGE
              ? sample
              : new TypedSample.OfHistogram(t, forgetful(h), start);
    };
  }

  private static NativeHistogram forgetful(NativeHistogram histogram) {
    return switch (histogram) {
      case Histogram h -> h.withCounterResetHint(CounterResetHint.UNKNOWN);
      case FloatHistogram h -> h.withCounterResetHint(CounterResetHint.UNKNOWN);
    };
  }
}

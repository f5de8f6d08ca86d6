package io.narthex.tsdb.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.FloatHistogramReader;
import io.narthex.tsdb.chunk.HistogramReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The native histogram samples of one series, in the order of time, as objects. One thread adds,
 * others read.
 */
final class HistogramSamples {
  private final List<HistogramSample> samples = new ArrayList<>();

  /** The samples of an encoded chunk; they carry no reference. */
  static HistogramSamples decode(ChunkEncoding encoding, byte[] chunk, int length) {
    HistogramSamples decoded = new HistogramSamples();
    if (encoding == ChunkEncoding.HISTOGRAM) {
      HistogramReader reader = new HistogramReader(chunk, 0, length);
      while (reader.next()) {
        decoded.add(
            new HistogramSample.OfIntegers(0, reader.timestampMillis(), reader.histogram()));
      }
    } else {
      FloatHistogramReader reader = new FloatHistogramReader(chunk, 0, length);
      while (reader.next()) {
        decoded.add(new HistogramSample.OfFloats(0, reader.timestampMillis(), reader.histogram()));
      }
    }
    return decoded;
  }

  synchronized void add(HistogramSample sample) {
    samples.add(sample);
  }

  synchronized int size() {
    return samples.size();
  }

  /** Buckets of the newest histogram. */
  synchronized int newestBuckets() {
    if (samples.isEmpty()) {
      return 0;
    }
    return samples.getLast().buckets();
  }

  synchronized boolean newestHasFloats() {
    return !samples.isEmpty() && samples.getLast() instanceof HistogramSample.OfFloats;
  }

  /** Whether the newest sample is this one. */
  synchronized boolean newestIs(HistogramSample sample) {
    return !samples.isEmpty() && samples.getLast().sameAs(sample);
  }

  synchronized boolean overlaps(long mint, long maxt) {
    return !samples.isEmpty()
        && samples.getFirst().timestampMillis() <= maxt
        && samples.getLast().timestampMillis() >= mint;
  }

  synchronized long maxt() {
    return samples.getLast().timestampMillis();
  }

  synchronized long mint() {
    return samples.isEmpty() ? Long.MAX_VALUE : samples.getFirst().timestampMillis();
  }

  /** The samples of a range, both ends included. */
  synchronized List<HistogramSample> range(long mint, long maxt) {
    List<HistogramSample> found = new ArrayList<>();
    for (HistogramSample sample : samples) {
      if (sample.timestampMillis() >= mint && sample.timestampMillis() <= maxt) {
        found.add(sample);
      }
    }
    return found;
  }

  /** Forgets what is older; says how much is left. */
  synchronized int dropBefore(long mint) {
    int n = 0;
    while (n < samples.size() && samples.get(n).timestampMillis() < mint) {
      n++;
    }
    samples.subList(0, n).clear();
    return samples.size();
  }

  /** Adds the samples of a range to floats that are there already, in the order of time. */
  void mergeInto(long mint, long maxt, SampleBuffer into) {
    List<HistogramSample> mine = range(mint, maxt);
    if (mine.isEmpty()) {
      return;
    }
    int floats = into.size();
    if (floats == 0 || into.timestamps[floats - 1] < mine.getFirst().timestampMillis()) {
      for (HistogramSample sample : mine) {
        add(sample, into);
      }
      return;
    }
    merge(into, mine);
  }

  private static void add(HistogramSample sample, SampleBuffer into) {
    into.add(sample.timestampMillis(), sample.asFloat());
    if (sample instanceof HistogramSample.OfIntegers) {
      into.lastHasIntegers();
    }
  }

  private static void merge(SampleBuffer into, List<HistogramSample> mine) {
    int n = into.size();
    long[] times = Arrays.copyOf(into.timestamps, n);
    double[] values = Arrays.copyOf(into.values, n);
    FloatHistogram[] histograms =
        into.hasHistograms() ? Arrays.copyOf(into.histograms, n) : new FloatHistogram[n];
    boolean[] integers = into.integers;
    into.clear();
    int next = 0;
    for (int i = 0; i < n; i++) {
      while (next < mine.size() && mine.get(next).timestampMillis() < times[i]) {
        add(mine.get(next), into);
        next++;
      }
      if (histograms[i] != null) {
        into.add(times[i], histograms[i]);
        if (integers != null && integers[i]) {
          into.lastHasIntegers();
        }
      } else {
        into.add(times[i], values[i]);
      }
    }
    for (; next < mine.size(); next++) {
      add(mine.get(next), into);
    }
  }
}

package io.narthex.tsdb.head;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.HeadChunkFiles;
import io.narthex.tsdb.chunk.SampleChain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the out-of-order samples of a series between those in order. */
final class OutOfOrderReader {
  private static final long IN_ORDER = -1;

  /**
   * Samples that ascend in time.
   *
   * @param mint first time of the chunk
   * @param order of runs with the same first time
   */
  private record Run(long mint, long maxt, long order, SampleBuffer samples) {}

  private final HeadChunkFiles files;
  private final long visibleBefore;
  private final LateDeletions deleted;
  private final List<Run> runs = new ArrayList<>();

  /**
   * @param visibleBefore position of the isolation log up to which samples are seen
   * @param deleted what of the samples out of order is deleted, read before the series
   */
  OutOfOrderReader(HeadChunkFiles files, long visibleBefore, LateDeletions deleted) {
    this.files = files;
    this.visibleBefore = visibleBefore;
    this.deleted = deleted;
  }

  /** Adds the samples of a range to a buffer that has those in order. */
  void mergeInto(OutOfOrderSeries series, long mint, long maxt, SampleBuffer into) {
    runs.clear();
    OutOfOrderSeries.Snapshot all = series.snapshot();
    DeletedRanges[] deletedOf = deleted.ofEach(all, files);
    for (int i = 0; i < all.mapped().size(); i++) {
      OutOfOrderSeries.Mapped chunk = all.mapped().get(i);
      if (chunk.mint() <= maxt && chunk.maxt() >= mint) {
        SampleBuffer samples = decode(chunk, mint, maxt);
        deletedOf[i].removeFrom(samples);
        addRun(chunk.mint(), i, samples);
      }
    }
    addOpen(all.open(), mint, maxt, all.mapped().size());
    if (runs.isEmpty()) {
      return;
    }
    if (into.size() > 0) {
      addRun(into.timestamps[0], IN_ORDER, copy(into));
    }
    int chunks = into.chunksDecoded();
    for (Run run : runs) {
      chunks += run.samples().chunksDecoded();
    }
    into.clear();
    merge(into);
    into.countChunks(chunks);
  }

  private SampleBuffer decode(OutOfOrderSeries.Mapped chunk, long mint, long maxt) {
    SampleBuffer samples = new SampleBuffer(OutOfOrderWriter.OPEN_SAMPLES);
    long[] positions = chunk.positions();
    if (positions.length == 0) {
      files.decode(chunk.chunkRef(), mint, maxt, samples);
      return samples;
    }
    SampleBuffer whole = new SampleBuffer(positions.length);
    files.decode(chunk.chunkRef(), Long.MIN_VALUE, Long.MAX_VALUE, whole);
    for (int i = 0; i < whole.size(); i++) {
      long t = whole.timestamps[i];
      if (t >= mint && t <= maxt && positions[i] < visibleBefore) {
        samples.addFrom(whole, i);
      }
    }
    return samples;
  }

  private void addOpen(OutOfOrderSeries.Open open, long mint, long maxt, long order) {
    SampleBuffer samples = new SampleBuffer(Math.max(1, open.size()));
    for (int i = 0; i < open.size(); i++) {
      long t = open.times()[i];
      if (t < mint || t > maxt || open.positions()[i] >= visibleBefore) {
        continue;
      }
      NativeHistogram histogram = open.histogram(i);
      if (histogram == null) {
        samples.add(t, Double.longBitsToDouble(open.valueBits()[i]));
      } else {
        samples.add(t, unrelated(asFloat(histogram)));
        if (histogram instanceof Histogram) {
          samples.lastHasIntegers();
        }
      }
      if (open.start(i) != 0) {
        samples.startOfLast(open.start(i));
      }
    }
    if (open.size() > 0) {
      deleted.deleted().removeFrom(samples);
      addRun(open.times()[0], order, samples);
    }
  }

  private static FloatHistogram asFloat(NativeHistogram histogram) {
    return switch (histogram) {
      case Histogram h -> h.toFloat();
      case FloatHistogram h -> h;
    };
  }

  /** In memory a histogram does not know the one before it. */
  private static FloatHistogram unrelated(FloatHistogram histogram) {
    return histogram.counterResetHint() == CounterResetHint.GAUGE
        ? histogram
        : histogram.withCounterResetHint(CounterResetHint.UNKNOWN);
  }

  private void addRun(long mint, long order, SampleBuffer samples) {
    if (samples.size() > 0) {
      runs.add(new Run(mint, samples.timestamps[samples.size() - 1], order, samples));
    }
  }

  /** Merges runs that overlap, and puts the others one behind the other. */
  private void merge(SampleBuffer into) {
    runs.sort(Comparator.comparingLong(Run::mint).thenComparingLong(Run::order));
    int from = 0;
    while (from < runs.size()) {
      int to = from + 1;
      long end = runs.get(from).maxt();
      while (to < runs.size() && runs.get(to).mint() <= end) {
        end = Math.max(end, runs.get(to++).maxt());
      }
      chain(from, to, into);
      from = to;
    }
  }

  private void chain(int from, int to, SampleBuffer into) {
    boolean single = to == from + 1;
    SampleChain chain = new SampleChain();
    chain.clear();
    for (int i = from; i < to; i++) {
      SampleBuffer samples = runs.get(i).samples();
      chain.add(samples.timestamps, samples.size());
    }
    while (chain.next()) {
      SampleBuffer samples = runs.get(from + chain.run()).samples();
      into.addFrom(samples, chain.index(), single || chain.consecutive());
    }
  }

  private static SampleBuffer copy(SampleBuffer from) {
    SampleBuffer copy = new SampleBuffer(from.size());
    for (int i = 0; i < from.size(); i++) {
      copy.addFrom(from, i);
    }
    return copy;
  }
}

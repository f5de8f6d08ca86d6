package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.NativeHistogram;
import io.narthex.model.value.StaleMarker;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * Builds one histogram chunk after the other (format at {@link HistogramChunkReader}): ask {@link
 * #fit} before each further histogram of a chunk; where it fits, {@link #add} it, else take the
 * {@link #chunk}, {@link #start} the next with the header that belongs to the answer, and add it
 * there.
 *
 * <p>A histogram with the buckets of the chunk is written without allocation. Where it brings new
 * buckets the whole chunk is written anew.
 *
 * @param <H> the kind of histogram
 */
public abstract sealed class HistogramChunkEncoder<H extends NativeHistogram>
    permits HistogramEncoder, FloatHistogramEncoder {
  final BitOutput out;
  private final ChunkEncoding encoding;
  private final HistogramFraming framing;
  private CounterResetHeader header = CounterResetHeader.UNKNOWN;
  HistogramLayout layout = HistogramLayout.EMPTY;
  private int samples;
  private long t;
  private long tDelta;

  /** What the histogram of the last {@link #fit} needs. */
  private Optional<LayoutChange> change = Optional.empty();

  HistogramChunkEncoder(ChunkEncoding encoding, int capacityBytes) {
    this.encoding = encoding;
    out = new BitOutput(capacityBytes);
    framing = new HistogramFraming(encoding.hasStartTimes());
    framing.reset(out);
  }

  /** An encoder of chunks of an encoding, which is one of histograms. */
  public static HistogramChunkEncoder<?> of(ChunkEncoding encoding) {
    return switch (encoding) {
      case HISTOGRAM, HISTOGRAM_ST -> new HistogramEncoder(encoding);
      case FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST -> new FloatHistogramEncoder(encoding);
      case NONE, XOR, XOR2 ->
          throw new IllegalStateException("BUG: histograms are not written as " + encoding);
    };
  }

  public final ChunkEncoding encoding() {
    return encoding;
  }

  /** Starts a new chunk; {@link CounterResetHeader#GAUGE} is set by itself. */
  public final void start(CounterResetHeader newHeader) {
    header = newHeader;
    framing.reset(out);
    samples = 0;
    change = Optional.empty();
  }

  /** Whether a histogram can be added to the chunk, which has at least one. */
  public final HistogramFit fit(H h) {
    change = Optional.empty();
    boolean gauge = h.counterResetHint() == CounterResetHint.GAUGE;
    HistogramFit fit = gauge ? fitGauge(h) : fitCounter(h);
    if (fit == HistogramFit.APPENDS && !h.isStale() && !hasLayoutOf(h)) {
      change = Optional.of(LayoutChange.of(layout, h, gauge));
    }
    return fit;
  }

  private HistogramFit fitGauge(H h) {
    if (header != CounterResetHeader.GAUGE) {
      return HistogramFit.UNKNOWN;
    }
    if (h.isStale()) {
      return HistogramFit.APPENDS;
    }
    boolean fits = !isStale() && !hasOtherSchema(h) && !hasOtherBounds(h);
    return fits ? HistogramFit.APPENDS : HistogramFit.UNKNOWN;
  }

  private HistogramFit fitCounter(H h) {
    if (header == CounterResetHeader.GAUGE) {
      return HistogramFit.AFTER_GAUGE;
    }
    if (h.counterResetHint() == CounterResetHint.RESET) {
      return HistogramFit.RESET;
    }
    if (h.isStale()) {
      return HistogramFit.APPENDS;
    }
    if (isStale()) {
      return HistogramFit.UNKNOWN;
    }
    if (countFell(h)) {
      return HistogramFit.RESET;
    }
    if (hasOtherSchema(h)) {
      return HistogramFit.UNKNOWN;
    }
    return hasOtherBounds(h) || bucketFell(h) ? HistogramFit.RESET : HistogramFit.APPENDS;
  }

  private boolean hasOtherSchema(H h) {
    return h.schema() != layout.schema() || h.zeroThreshold() != layout.zeroThreshold();
  }

  private boolean hasOtherBounds(H h) {
    return h.usesCustomBuckets() && !Arrays.equals(h.customValues(), layout.customValues());
  }

  private boolean hasLayoutOf(H h) {
    return Arrays.equals(h.positiveSpans(), layout.positiveSpans())
        && Arrays.equals(h.negativeSpans(), layout.negativeSpans());
  }

  /** Whether there are fewer observations than in the chunk's last histogram. */
  abstract boolean countFell(H h);

  /** The same of the zero bucket or any other; one that is not listed is empty. */
  abstract boolean bucketFell(H h);

  /** The header of the chunk that starts with a histogram because that did not fit. */
  public abstract CounterResetHeader headerAfter(HistogramFit fit);

  /** The header of the chunk that starts with a histogram because the one before was full. */
  public abstract CounterResetHeader headerAfterFull(HistogramFit fit);

  /** Adds a histogram that does not say since when it counts. */
  public final void add(long timestampMillis, H h) {
    add(timestampMillis, h, 0);
  }

  /**
   * Adds a histogram: the first of a chunk, or one that {@link #fit} was asked of and that fits.
   *
   * @param startMillis since when it counts, 0 where not known; dropped by the encodings without
   *     start times
   */
  public final void add(long timestampMillis, H h, long startMillis) {
    if (samples == 0) {
      if (h.counterResetHint() == CounterResetHint.GAUGE) {
        header = CounterResetHeader.GAUGE;
      }
      layout = h.isStale() ? HistogramLayout.EMPTY : HistogramLayout.of(h);
    } else if (change.isPresent() && change.get().extendsChunk()) {
      extend(change.get());
    }
    change = Optional.empty();
    write(timestampMillis, h, startMillis);
  }

  /** Adds the current histogram of a chunk of this kind; all that are added come from there. */
  public final void copy(HistogramChunkReader from) {
    add(from.timestampMillis(), read(from), from.startMillis());
  }

  /** The current histogram of a chunk of this kind. */
  abstract H read(HistogramChunkReader from);

  /** Writes a histogram whose buckets the layout has. */
  private void write(long timestampMillis, H h, long startMillis) {
    long before = t;
    if (samples == 0) {
      layout.write(out);
      tDelta = 0;
      out.varbit(timestampMillis);
      writeFirst(h);
    } else {
      long newDelta = timestampMillis - t;
      out.varbit(newDelta - tDelta);
      tDelta = newDelta;
      writeLater(h);
    }
    t = timestampMillis;
    framing.endSample(out, header, samples, t, before, startMillis);
    samples++;
  }

  /** Writes all but the time of a chunk's first histogram, whose layout is set. */
  abstract void writeFirst(H h);

  /** Writes all but the time of a later histogram, whose buckets the layout has. */
  abstract void writeLater(H h);

  /** Writes the whole chunk anew with more buckets. */
  private void extend(LayoutChange extension) {
    byte[] before = out.bytes().toByteArray();
    HistogramChunkReader reader = HistogramChunkReader.of(encoding, before, 0, before.length);
    layout = layout.withSpans(extension.positiveSpans(), extension.negativeSpans());
    framing.reset(out);
    samples = 0;
    while (reader.next()) {
      write(reader.timestampMillis(), read(reader), reader.startMillis());
    }
  }

  /** Sum of the last histogram. */
  abstract double sum();

  /** Whether the last histogram is a staleness marker. */
  public final boolean isStale() {
    return StaleMarker.is(sum());
  }

  /** Whether the header can count no more samples. */
  public final boolean isAtLimit() {
    return samples == HistogramFraming.limit(encoding.hasStartTimes());
  }

  public final int sizeBytes() {
    return out.bytes().length();
  }

  public final int count() {
    return samples;
  }

  /** The chunk so far; valid until the next call of {@link #add} or {@link #start}. */
  public final ByteWriter chunk() {
    return out.bytes();
  }
}

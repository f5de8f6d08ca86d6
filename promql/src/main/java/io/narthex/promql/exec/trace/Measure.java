package io.narthex.promql.exec.trace;

import io.narthex.promql.function.Column;
import io.narthex.storage.SampleBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one operator has done so far, added over the threads that worked for it. Times are
 * nanoseconds and without those of its inputs.
 */
public final class Measure {
  private final LongAdder wall = new LongAdder();
  private final LongAdder shared = new LongAdder();
  private final LongAdder cpu = new LongAdder();
  private final LongAdder columns = new LongAdder();
  private final LongAdder filled = new LongAdder();
  private final LongAdder samplesOut = new LongAdder();
  private final LongAdder looked = new LongAdder();
  private final LongAdder read = new LongAdder();
  private final LongAdder sourceFilled = new LongAdder();
  private final LongAdder sourceSamples = new LongAdder();
  private final LongAdder decoded = new LongAdder();
  private final LongAdder chunks = new LongAdder();
  private volatile int series = -1;
  private volatile long heldBytes;

  void spent(long wallNanos) {
    wall.add(wallNanos);
  }

  /** In a part of the time that was spent a processor was at work for so long. */
  void worked(long wallNanos, long cpuNanos) {
    shared.add(wallNanos);
    cpu.add(cpuNanos);
  }

  void yields(int count) {
    series = count;
  }

  void yielded(Column column) {
    int samples = column.count();
    columns.increment();
    samplesOut.add(samples);
    if (samples > 0) {
      filled.increment();
    }
  }

  void handedOut(SampleBuffer samples, boolean stored) {
    int count = samples.size();
    sourceSamples.add(count);
    if (count > 0) {
      sourceFilled.increment();
    }
    if (stored) {
      decoded.add(count);
      chunks.add(samples.chunksDecoded());
    }
  }

  void looked(long samples, long newlyRead) {
    looked.add(samples);
    read.add(newlyRead);
  }

  void holds(long bytes) {
    heldBytes = Math.max(heldBytes, bytes);
  }

  /** Label sets that the operator told; -1 as long as it was not asked. */
  public int series() {
    return series;
  }

  /** Of the series computed, or read where nothing is computed, how many had any sample. */
  public long filled() {
    return columns.sum() > 0 ? filled.sum() : sourceFilled.sum();
  }

  /** Samples of all columns that were yielded, or of all series that were read. */
  public long samplesOut() {
    return columns.sum() > 0 ? samplesOut.sum() : sourceSamples.sum();
  }

  /** Samples looked at, each once per step, as {@code totalQueryableSamples} counts them. */
  public long looked() {
    return looked.sum();
  }

  /** Samples looked at for the first time, as {@code samplesRead} counts them. */
  public long read() {
    return read.sum();
  }

  /** Samples that storage handed out. */
  public long decoded() {
    return decoded.sum();
  }

  /** Chunks that storage decoded for them. */
  public long chunks() {
    return chunks.sum();
  }

  public long wallNanos() {
    return wall.sum();
  }

  /** Measured for nearly all of the time; of the rest as much as of that. */
  public long cpuNanos() {
    double measured = shared.sum();
    return measured == 0 ? wall.sum() : (long) (cpu.sum() * (wall.sum() / measured));
  }

  /** Bytes of the columns held at once, beyond the few that every thread works with. */
  public long heldBytes() {
    return heldBytes;
  }
}

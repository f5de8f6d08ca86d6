package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.ByteWriter;

/** Builds one chunk of floats after the other, each in one of the encodings of floats. */
public final class FloatEncoder {
  private final XorEncoder xor = new XorEncoder();
  private final Xor2Encoder xor2 = new Xor2Encoder();
  private boolean isXor2;

  /** Starts a new chunk. */
  public void start(ChunkEncoding encoding) {
    isXor2 = encoding == ChunkEncoding.XOR2;
    if (isXor2) {
      xor2.reset();
    } else {
      xor.reset();
    }
  }

  /** Adds a sample; XOR chunks drop its start time. */
  public void add(long timestampMillis, double value, long startMillis) {
    if (isXor2) {
      xor2.add(timestampMillis, value, startMillis);
    } else {
      xor.add(timestampMillis, value);
    }
  }

  /** Starts a new chunk with all samples of a buffer, which are floats. */
  public void encode(ChunkEncoding encoding, SampleBuffer samples) {
    start(encoding);
    for (int i = 0; i < samples.size(); i++) {
      add(samples.timestamps[i], samples.values[i], samples.start(i));
    }
  }

  public ChunkEncoding encoding() {
    return isXor2 ? ChunkEncoding.XOR2 : ChunkEncoding.XOR;
  }

  /** The chunk so far; valid until the next call that changes it. */
  public ByteWriter chunk() {
    return isXor2 ? xor2.chunk() : xor.chunk();
  }
}

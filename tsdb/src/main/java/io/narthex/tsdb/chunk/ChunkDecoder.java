package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.DecodeException;

/** Reads a chunk of any encoding. */
public final class ChunkDecoder {
  private ChunkDecoder() {}

  /**
   * Adds a chunk's samples with {@code mint <= t <= maxt} to the buffer.
   *
   * @throws DecodeException where the data does not follow the encoding
   */
  public static void decode(
      ChunkEncoding encoding,
      byte[] data,
      int offset,
      int length,
      long mint,
      long maxt,
      SampleBuffer into) {
    into.countChunks(1);
    switch (encoding) {
      case XOR -> XorDecoder.decode(data, offset, length, mint, maxt, into);
      case XOR2 -> Xor2Decoder.decode(data, offset, length, mint, maxt, into);
      case HISTOGRAM, HISTOGRAM_ST, FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST ->
          histograms(HistogramChunkReader.of(encoding, data, offset, length), mint, maxt, into);
      case NONE -> throw new DecodeException("invalid chunk encoding 0");
    }
  }

  private static void histograms(
      HistogramChunkReader reader, long mint, long maxt, SampleBuffer into) {
    while (reader.next() && reader.timestampMillis() <= maxt) {
      if (reader.timestampMillis() >= mint) {
        into.add(reader.timestampMillis(), reader.floatHistogram());
        start(reader.startMillis(), into);
        if (reader.hasIntegers()) {
          into.lastHasIntegers();
        }
      }
    }
  }

  private static void start(long startMillis, SampleBuffer into) {
    if (startMillis != 0) {
      into.startOfLast(startMillis);
    }
  }

  /** How many samples a chunk says it has. */
  public static int count(ChunkEncoding encoding, byte[] data, int offset) {
    boolean withStarts = encoding.isHistogram() && encoding.hasStartTimes();
    return HistogramFraming.count(withStarts, data, offset);
  }
}

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
    switch (encoding) {
      case XOR -> XorDecoder.decode(data, offset, length, mint, maxt, into);
      case XOR2 -> Xor2Decoder.decode(data, offset, length, mint, maxt, into);
      case HISTOGRAM, HISTOGRAM_ST ->
          histograms(new HistogramReader(encoding, data, offset, length), mint, maxt, into);
      case FLOAT_HISTOGRAM, FLOAT_HISTOGRAM_ST ->
          floatHistograms(
              new FloatHistogramReader(encoding, data, offset, length), mint, maxt, into);
      case NONE -> throw new DecodeException("invalid chunk encoding 0");
    }
  }

  private static void histograms(HistogramReader reader, long mint, long maxt, SampleBuffer into) {
    while (reader.next() && reader.timestampMillis() <= maxt) {
      if (reader.timestampMillis() >= mint) {
        into.add(
            reader.timestampMillis(),
            reader.isStale() ? StaleHistograms.FLOAT : reader.histogram().toFloat());
        start(reader.startMillis(), into);
        into.lastHasIntegers();
      }
    }
  }

  private static void floatHistograms(
      FloatHistogramReader reader, long mint, long maxt, SampleBuffer into) {
    while (reader.next() && reader.timestampMillis() <= maxt) {
      if (reader.timestampMillis() >= mint) {
        into.add(reader.timestampMillis(), reader.histogram());
        start(reader.startMillis(), into);
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

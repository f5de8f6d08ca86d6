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
      case HISTOGRAM -> histograms(new HistogramReader(data, offset, length), mint, maxt, into);
      case FLOAT_HISTOGRAM ->
          floatHistograms(new FloatHistogramReader(data, offset, length), mint, maxt, into);
      case XOR2, HISTOGRAM_ST, FLOAT_HISTOGRAM_ST ->
          throw new DecodeException("chunk encoding " + encoding + " is not supported");
      case NONE -> throw new DecodeException("invalid chunk encoding 0");
    }
  }

  private static void histograms(HistogramReader reader, long mint, long maxt, SampleBuffer into) {
    while (reader.next() && reader.timestampMillis() <= maxt) {
      if (reader.timestampMillis() >= mint) {
        into.add(
            reader.timestampMillis(),
            reader.isStale() ? StaleHistograms.FLOAT : reader.histogram().toFloat());
      }
    }
  }

  private static void floatHistograms(
      FloatHistogramReader reader, long mint, long maxt, SampleBuffer into) {
    while (reader.next() && reader.timestampMillis() <= maxt) {
      if (reader.timestampMillis() >= mint) {
        into.add(reader.timestampMillis(), reader.histogram());
      }
    }
  }

  /** How many samples a chunk says it has. */
  public static int count(ChunkEncoding encoding, byte[] data, int offset) {
    int count = (data[offset] & 0xFF) << 8 | (data[offset + 1] & 0xFF);
    return switch (encoding) {
      // The upper two bits are the counter reset header.
      case HISTOGRAM_ST, FLOAT_HISTOGRAM_ST -> count & 0x3FFF;
      case NONE, XOR, HISTOGRAM, FLOAT_HISTOGRAM, XOR2 -> count;
    };
  }
}

package io.narthex.tsdb.chunk;

import io.narthex.tsdb.encoding.ByteWriter;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What stays of a histogram chunk when samples are taken out: one chunk, as all of it has one
 * layout and no reset, which knows nothing of the chunk before.
 *
 * @param mint time of the first sample
 * @param maxt time of the last sample
 */
public record KeptHistograms(long mint, long maxt, ByteWriter chunk) {

  /**
   * Reads a chunk and encodes anew what is kept of it.
   *
   * @param kept whether the sample of a time stays
   * @return empty where nothing stays
   */
  public static Optional<KeptHistograms> of(
      ChunkEncoding encoding, ByteWriter data, LongPredicate kept) {
    HistogramChunkReader from = HistogramChunkReader.of(encoding, data.array(), 0, data.length());
    HistogramChunkEncoder<?> encoder = HistogramChunkEncoder.of(encoding);
    long mint = 0;
    long maxt = 0;
    while (from.next()) {
      long t = from.timestampMillis();
      if (kept.test(t)) {
        mint = encoder.count() == 0 ? t : mint;
        maxt = t;
        encoder.copy(from);
      }
    }
    return encoder.count() == 0
        ? Optional.empty()
        : Optional.of(new KeptHistograms(mint, maxt, encoder.chunk()));
  }
}

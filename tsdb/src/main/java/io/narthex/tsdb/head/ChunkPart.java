package io.narthex.tsdb.head;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkBuilder;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.FloatEncoder;
import io.narthex.tsdb.chunk.KeptHistograms;
import io.narthex.tsdb.encoding.ByteWriter;

/** Takes out of chunks what is wanted of them; each stays one chunk of its encoding. */
final class ChunkPart {
  private final long mint;
  private final long maxt;
  private final SampleBuffer samples = new SampleBuffer();
  private final FloatEncoder encoder = new FloatEncoder();

  /** For samples from {@code mint} to {@code maxt}, both included. */
  ChunkPart(long mint, long maxt) {
    this.mint = mint;
    this.maxt = maxt;
  }

  /** Hands over a chunk: as it is where all of it is wanted, else what is wanted of it. */
  void add(
      long first,
      long last,
      ChunkEncoding encoding,
      ByteWriter chunk,
      DeletedRanges deleted,
      ChunkBuilder.Output output) {
    if (first >= mint && last <= maxt && !deleted.overlaps(first, last)) {
      output.chunk(first, last, encoding, chunk.array(), 0, chunk.length());
    } else if (encoding.isHistogram()) {
      KeptHistograms.of(encoding, chunk, t -> t >= mint && t <= maxt && !deleted.contains(t))
          .ifPresent(kept -> output(kept.mint(), kept.maxt(), encoding, kept.chunk(), output));
    } else {
      samples.clear();
      ChunkDecoder.decode(encoding, chunk.array(), 0, chunk.length(), mint, maxt, samples);
      deleted.removeFrom(samples);
      int n = samples.size();
      if (n > 0) {
        encoder.encode(encoding, samples);
        output(samples.timestamps[0], samples.timestamps[n - 1], encoding, encoder.chunk(), output);
      }
    }
  }

  private static void output(
      long first, long last, ChunkEncoding encoding, ByteWriter chunk, ChunkBuilder.Output output) {
    output.chunk(first, last, encoding, chunk.array(), 0, chunk.length());
  }
}

package io.narthex.tsdb.compact;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.block.Intervals;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.HistogramChunkReader;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** Reads the samples of a chunk of any kind, without losing the kind. */
final class TypedChunkReader {
  private TypedChunkReader() {}

  /** The samples with {@code mint <= t <= maxt} that are not deleted. */
  static List<TypedSample> read(
      ChunkEncoding encoding, ByteWriter data, long mint, long maxt, Intervals deleted) {
    List<TypedSample> samples = new ArrayList<>();
    if (encoding.isHistogram()) {
      HistogramChunkReader reader =
          HistogramChunkReader.of(encoding, data.array(), 0, data.length());
      while (reader.next()) {
        samples.add(
            new TypedSample.OfHistogram(
                reader.timestampMillis(), reader.histogram(), reader.startMillis()));
      }
    } else {
      SampleBuffer buffer = new SampleBuffer();
      ChunkDecoder.decode(encoding, data.array(), 0, data.length(), mint, maxt, buffer);
      for (int i = 0; i < buffer.size(); i++) {
        samples.add(
            new TypedSample.OfFloat(buffer.timestamps[i], buffer.values[i], buffer.start(i)));
      }
    }
    samples.removeIf(s -> s.t() < mint || s.t() > maxt || deleted.cover(s.t(), s.t()));
    return samples;
  }
}

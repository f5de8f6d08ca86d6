package io.narthex.tool.tsdb;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tool.Output;
import io.narthex.tsdb.block.BlockContent;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.index.ChunkMetas;

/** {@code tsdb analyze --extended}: how full the chunks of a block are. */
final class ChunkAnalysis {
  private static final int ENTRY_BYTES = 4096;

  private final BlockContent content;
  private final Spread floatSamples = new Spread("samples per float chunk");
  private final Spread floatBytes = new Spread("bytes per float chunk");
  private final Spread histogramSamples = new Spread("samples per histogram chunk");
  private final Spread histogramBytes = new Spread("bytes per histogram chunk");
  private final Spread histogramBuckets = new Spread("buckets per histogram chunk");
  private final SampleBuffer samples = new SampleBuffer();

  ChunkAnalysis(BlockContent content) {
    this.content = content;
  }

  void print(int[] series, Output out) {
    ChunkMetas chunks = new ChunkMetas();
    byte[] scratch = new byte[ENTRY_BYTES];
    ByteWriter data = new ByteWriter(ENTRY_BYTES);
    long total = 0;
    for (int number : series) {
      content.index().chunks(number, chunks, scratch);
      for (int i = 0; i < chunks.size(); i++) {
        add(content.chunks().copy(chunks.ref(i), data), data);
      }
      total += chunks.size();
    }
    out.line("\nCompaction analysis:\n");
    floatSamples.print(total, out);
    floatBytes.print(total, out);
    histogramSamples.print(total, out);
    histogramBytes.print(total, out);
    histogramBuckets.print(total, out);
  }

  private void add(ChunkEncoding encoding, ByteWriter data) {
    int count = ChunkDecoder.count(encoding, data.array(), 0);
    if (!encoding.isHistogram()) {
      floatSamples.add(count);
      floatBytes.add(data.length());
      return;
    }
    histogramSamples.add(count);
    histogramBytes.add(data.length());
    samples.clear();
    ChunkDecoder.decode(
        encoding, data.array(), 0, data.length(), Long.MIN_VALUE, Long.MAX_VALUE, samples);
    int buckets = 0;
    for (int i = 0; i < samples.size(); i++) {
      FloatHistogram histogram = samples.histograms[i];
      buckets += histogram.positiveCounts().length + histogram.negativeCounts().length;
    }
    histogramBuckets.add(buckets);
  }
}

package io.narthex.tsdb.compact;

import io.narthex.model.histogram.NativeHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.block.BlockContent;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Intervals;
import io.narthex.tsdb.chunk.ChunkBuilder;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.ChunkFormat;
import io.narthex.tsdb.chunk.FloatEncoder;
import io.narthex.tsdb.chunk.KeptHistograms;
import io.narthex.tsdb.chunk.SampleChain;
import io.narthex.tsdb.encoding.ByteWriter;
import io.narthex.tsdb.index.ChunkMetas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Merges the chunks of one series. A chunk that overlaps no other but copies of itself, and of
 * which nothing is deleted, is copied as it is; others are decoded, merged and cut anew.
 */
final class ChunkMerger {
  /** A chunk of one of the parents. */
  private record Part(
      BlockContent content, Intervals deleted, long mint, long maxt, long ref, int order) {}

  private final BlockWriter writer;
  private final long mint;
  private final long maxt;
  private final List<Part> parts = new ArrayList<>();
  private final ByteWriter data = new ByteWriter(1024);
  private final ByteWriter other = new ByteWriter(1024);
  private final Supplier<ChunkEncoding> floats;
  private final SampleMerger samples;
  private final SampleBuffer kept = new SampleBuffer();
  private final FloatEncoder encoder = new FloatEncoder();

  /**
   * For samples with {@code mint <= t <= maxt}.
   *
   * @param floats how floats without start times are encoded where chunks are merged
   */
  ChunkMerger(BlockWriter writer, long mint, long maxt, Supplier<ChunkEncoding> floats) {
    this.writer = writer;
    this.mint = mint;
    this.maxt = maxt;
    this.floats = floats;
    this.samples = new SampleMerger(writer, floats);
  }

  /** Takes over the chunks of a parent's current series. */
  void add(SeriesCursor cursor) {
    ChunkMetas chunks = cursor.chunks();
    Intervals deleted = cursor.deleted();
    for (int i = 0; i < chunks.size(); i++) {
      boolean inRange = chunks.mint(i) <= maxt && chunks.maxt(i) >= mint;
      if (inRange && !deleted.cover(chunks.mint(i), chunks.maxt(i))) {
        parts.add(
            new Part(
                cursor.content(),
                deleted,
                chunks.mint(i),
                chunks.maxt(i),
                chunks.ref(i),
                parts.size()));
      }
    }
  }

  /** Writes all that was added, and forgets it. */
  void write() {
    parts.sort(Comparator.comparingLong(Part::mint).thenComparingInt(Part::order));
    dropCopies();
    int from = 0;
    while (from < parts.size()) {
      int to = from + 1;
      long end = parts.get(from).maxt();
      while (to < parts.size() && parts.get(to).mint() <= end) {
        end = Math.max(end, parts.get(to++).maxt());
      }
      if (to > from + 1) {
        merge(from, to);
      } else if (isWhole(parts.get(from))) {
        copy(parts.get(from));
      } else {
        keepOf(parts.get(from));
      }
      from = to;
    }
    parts.clear();
  }

  /** Blocks that overlap, as restored ones do, often have the very same chunks. */
  private void dropCopies() {
    int kept = 0;
    for (Part part : parts) {
      if (!isCopyOfOne(part, kept)) {
        parts.set(kept++, part);
      }
    }
    parts.subList(kept, parts.size()).clear();
  }

  /** Whether one of the first so many parts, which are sorted by time, has the same chunk. */
  private boolean isCopyOfOne(Part part, int of) {
    for (int i = of - 1; i >= 0 && parts.get(i).mint() == part.mint(); i--) {
      if (areCopies(parts.get(i), part)) {
        return true;
      }
    }
    return false;
  }

  private boolean areCopies(Part a, Part b) {
    if (a.maxt() != b.maxt() || !isWhole(a) || !isWhole(b)) {
      return false;
    }
    ChunkEncoding encoding = a.content().chunks().copy(a.ref(), data);
    return encoding == b.content().chunks().copy(b.ref(), other)
        && Arrays.equals(data.array(), 0, data.length(), other.array(), 0, other.length());
  }

  private boolean isWhole(Part part) {
    return part.mint() >= mint
        && part.maxt() <= maxt
        && !part.deleted().touch(part.mint(), part.maxt());
  }

  private void copy(Part part) {
    ChunkEncoding encoding = part.content().chunks().copy(part.ref(), data);
    writer.chunk(part.mint(), part.maxt(), encoding, data.array(), 0, data.length());
  }

  private void merge(int from, int to) {
    for (int i = from; i < to; i++) {
      Part part = parts.get(i);
      ChunkEncoding encoding = part.content().chunks().copy(part.ref(), data);
      if (encoding.isHistogram()) {
        samples.clear();
        mergeTyped(parts.subList(from, to));
        return;
      }
      SampleBuffer buffer = samples.next();
      ChunkDecoder.decode(encoding, data.array(), 0, data.length(), mint, maxt, buffer);
      part.deleted().removeFrom(buffer, 0);
    }
    samples.write();
  }

  /** The rare case of native histograms among the chunks. */
  private void mergeTyped(List<Part> overlapping) {
    List<Part> sorted = new ArrayList<>(overlapping);
    sorted.sort(
        Comparator.comparingLong(Part::mint)
            .thenComparingLong(Part::maxt)
            .thenComparingInt(Part::order));
    List<List<TypedSample>> runs = new ArrayList<>();
    // The chunk that starts first comes last, as where Prometheus finds that others overlap it.
    sorted.add(sorted.removeFirst());
    for (Part part : sorted) {
      ChunkEncoding encoding = part.content().chunks().copy(part.ref(), data);
      runs.add(TypedChunkReader.read(encoding, data, mint, maxt, part.deleted()));
    }
    ChunkBuilder chunks = new ChunkBuilder(ChunkBuilder.Limit.SAMPLES);
    ChunkEncoding encoding = floats.get();
    SampleChain chain = new SampleChain();
    chain.clear();
    runs.forEach(run -> chain.add(run.stream().mapToLong(TypedSample::t).toArray(), run.size()));
    while (chain.next()) {
      TypedSample sample = runs.get(chain.run()).get(chain.index());
      add(chain.consecutive() ? sample : sample.forgetful(), encoding, chunks);
    }
    chunks.flush(writer::chunk);
  }

  private void add(TypedSample sample, ChunkEncoding floatEncoding, ChunkBuilder chunks) {
    ChunkFormat format = ChunkFormat.keeping(floatEncoding, sample.start());
    switch (sample) {
      case TypedSample.OfFloat(long t, double value, long start) ->
          chunks.add(t, value, start, format, writer::chunk);
      case TypedSample.OfHistogram(long t, NativeHistogram histogram, long start) ->
          chunks.add(t, histogram, start, format, writer::chunk);
    }
  }

  /** Writes what is wanted of a chunk as one chunk of the same encoding. */
  private void keepOf(Part part) {
    ChunkEncoding encoding = part.content().chunks().copy(part.ref(), data);
    if (encoding.isHistogram()) {
      keepHistogramsOf(part, encoding);
      return;
    }
    kept.clear();
    ChunkDecoder.decode(encoding, data.array(), 0, data.length(), mint, maxt, kept);
    part.deleted().removeFrom(kept, 0);
    int n = kept.size();
    if (n > 0) {
      encoder.encode(encoding, kept);
      ByteWriter chunk = encoder.chunk();
      writer.chunk(
          kept.timestamps[0], kept.timestamps[n - 1], encoding, chunk.array(), 0, chunk.length());
    }
  }

  private void keepHistogramsOf(Part part, ChunkEncoding encoding) {
    KeptHistograms.of(encoding, data, t -> t >= mint && t <= maxt && !part.deleted().cover(t, t))
        .ifPresent(rest -> write(encoding, rest));
  }

  private void write(ChunkEncoding encoding, KeptHistograms rest) {
    ByteWriter chunk = rest.chunk();
    writer.chunk(rest.mint(), rest.maxt(), encoding, chunk.array(), 0, chunk.length());
  }
}

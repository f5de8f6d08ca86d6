package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where chunks that are written again end, and how they are encoded. */
final class ChunkBuilderTest {
  private final List<String> chunks = new ArrayList<>();
  private final SampleBuffer samples = new SampleBuffer();
  private ChunkBuilder builder = new ChunkBuilder(ChunkBuilder.Limit.SAMPLES);

  private void take(
      long mint, long maxt, ChunkEncoding encoding, byte[] data, int offset, int length) {
    chunks.add(encoding + " " + mint + "-" + maxt);
    ChunkDecoder.decode(encoding, data, offset, length, Long.MIN_VALUE, Long.MAX_VALUE, samples);
  }

  private void keep(ChunkEncoding floats, long t, long start) {
    builder.add(t, t, start, ChunkFormat.keeping(floats, start), this::take);
  }

  @Test
  void chunksHold120Samples() {
    for (int t = 1; t <= 250; t++) {
      keep(ChunkEncoding.XOR, t, 0);
    }
    builder.flush(this::take);
    assertThat(chunks).containsExactly("XOR 1-120", "XOR 121-240", "XOR 241-250");
    assertThat(samples.size()).isEqualTo(250);
  }

  @Test
  void chunksLimitedByBytesHoldMoreSamplesThatAreSmall() {
    builder = new ChunkBuilder(ChunkBuilder.Limit.BYTES);
    Random random = new Random(3);
    for (int t = 1; t <= 300; t++) {
      builder.add(t, 7, 0, ChunkFormat.PLAIN, this::take);
    }
    builder.flush(this::take);
    for (int t = 301; t <= 600; t++) {
      builder.add(t, random.nextGaussian(), 0, ChunkFormat.PLAIN, this::take);
    }
    builder.flush(this::take);
    assertThat(chunks).hasSize(4).startsWith("XOR 1-300");
    assertThat(samples.size()).isEqualTo(600);
  }

  @Test
  void chunksLimitedByBytesKeepTheEncodingThatStartTimesMadeNecessary() {
    builder = new ChunkBuilder(ChunkBuilder.Limit.BYTES);
    Histogram h = TestHistograms.random(new Random(1), CounterResetHint.UNKNOWN);
    for (long t = 1; t <= 4; t++) {
      long start = t == 2 ? 1 : 0;
      builder.add(t, h, start, ChunkFormat.keeping(ChunkEncoding.XOR, start), this::take);
    }
    builder.flush(this::take);
    assertThat(chunks).containsExactly("HISTOGRAM 1-1", "HISTOGRAM_ST 2-4");
  }

  @Test
  void aStartTimeEndsAChunkThatCannotKeepItAndNoOther() {
    keep(ChunkEncoding.XOR, 1, 0);
    keep(ChunkEncoding.XOR, 2, 0);
    keep(ChunkEncoding.XOR, 3, 1);
    keep(ChunkEncoding.XOR, 4, 0);
    keep(ChunkEncoding.XOR, 5, 2);
    builder.flush(this::take);
    assertThat(chunks).containsExactly("XOR 1-2", "XOR2 3-5");
    assertThat(samples.start(1)).isZero();
    assertThat(samples.start(2)).isEqualTo(1);
    assertThat(samples.start(3)).isZero();
    assertThat(samples.start(4)).isEqualTo(2);
  }

  @Test
  void startTimesFitIntoChunksOfTheEncodingAskedFor() {
    keep(ChunkEncoding.XOR2, 1, 0);
    keep(ChunkEncoding.XOR2, 2, 1);
    builder.flush(this::take);
    assertThat(chunks).containsExactly("XOR2 1-2");
  }

  @Test
  void aFormatWithoutStartTimesDropsThemAndEndsNothing() {
    builder.add(1, 1.0, 0, ChunkFormat.PLAIN, this::take);
    builder.add(2, 2.0, 1, ChunkFormat.PLAIN, this::take);
    builder.flush(this::take);
    assertThat(chunks).containsExactly("XOR 1-2");
    assertThat(samples.startTimestamps).isNull();
  }

  @Test
  void histogramsWithAndWithoutStartTimesHaveChunksOfTheirOwn() {
    Histogram h = TestHistograms.random(new Random(1), CounterResetHint.UNKNOWN);
    for (long t = 1; t <= 4; t++) {
      long start = t == 2 || t == 3 ? 1 : 0;
      builder.add(t, h, start, ChunkFormat.keeping(ChunkEncoding.XOR, start), this::take);
    }
    keep(ChunkEncoding.XOR, 5, 0);
    builder.add(6, h.toFloat(), 2, ChunkFormat.keeping(ChunkEncoding.XOR, 2), this::take);
    builder.flush(this::take);
    assertThat(chunks)
        .containsExactly(
            "HISTOGRAM 1-1",
            "HISTOGRAM_ST 2-3",
            "HISTOGRAM 4-4",
            "XOR 5-5",
            "FLOAT_HISTOGRAM_ST 6-6");
    assertThat(samples.start(1)).isEqualTo(1);
    assertThat(samples.start(5)).isEqualTo(2);
  }
}

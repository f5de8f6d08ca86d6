package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Xor2PropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decodesWhatWasEncoded(long seed) {
    Random random = new Random(seed);
    Xor2Encoder encoder = new Xor2Encoder();
    SampleBuffer buffer = new SampleBuffer(4);
    for (int round = 0; round < 400; round++) {
      TestSamples samples = TestSamples.random(random, 1 + random.nextInt(300));
      byte[] chunk = samples.xor2(encoder);

      buffer.clear();
      ChunkDecoder.decode(
          ChunkEncoding.XOR2, chunk, 0, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);

      assertThat(ChunkDecoder.count(ChunkEncoding.XOR2, chunk, 0)).isEqualTo(samples.size());
      samples.assertRead(buffer);
    }
  }

  @Test
  void samplesWithoutStartTimesHaveNoColumnOfThem() {
    Random random = new Random(20);
    TestSamples samples = TestSamples.random(random, 120).withoutStarts();
    byte[] chunk = samples.xor2(new Xor2Encoder());
    SampleBuffer buffer = new SampleBuffer();
    Xor2Decoder.decode(chunk, 0, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
    assertThat(chunk[2]).isZero();
    assertThat(buffer.startTimestamps).isNull();
  }

  @Test
  void startTimesOfOneChunkDoNotLeakToTheNext() {
    Random random = new Random(21);
    SampleBuffer buffer = new SampleBuffer(2);
    TestSamples with = TestSamples.random(random, 20).withStarts(random);
    TestSamples without = TestSamples.random(random, 150).withoutStarts();
    byte[] first = with.xor2(new Xor2Encoder());
    byte[] second = without.xor2(new Xor2Encoder());
    Xor2Decoder.decode(first, 0, first.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
    Xor2Decoder.decode(second, 0, second.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
    assertThat(Arrays.copyOfRange(buffer.startTimestamps, 0, 20)).isEqualTo(with.starts());
    assertThat(Arrays.copyOfRange(buffer.startTimestamps, 20, 170)).containsOnly(0);
  }

  @Test
  void samplesOutsideTheRangeLeaveNoStartTimesBehind() {
    long[] times = {1000, 2000, 3000, 4000};
    TestSamples samples = new TestSamples(times, new double[4], new long[] {500, 1500, 2500, 3500});
    byte[] chunk = samples.xor2(new Xor2Encoder());
    SampleBuffer buffer = new SampleBuffer();
    Xor2Decoder.decode(chunk, 0, chunk.length, 2000, 3000, buffer);
    assertThat(Arrays.copyOf(buffer.timestamps, buffer.size())).containsExactly(2000, 3000);
    assertThat(Arrays.copyOf(buffer.startTimestamps, buffer.size())).containsExactly(1500, 2500);
    buffer.add(5000, 1);
    assertThat(buffer.startTimestamps[2]).isZero();
  }

  @Test
  void aStaleSampleDoesNotMoveTheBaseline() {
    Xor2Encoder encoder = new Xor2Encoder();
    encoder.add(1000, 1.5, 0);
    encoder.add(2000, 1.5, 0);
    int before = encoder.chunk().length();
    encoder.add(3000, StaleMarker.VALUE, 0);
    encoder.add(4000, 1.5, 0);
    // Five bits for the marker and one for a value and a time delta that are as before it: they
    // fit the byte that the second sample has begun.
    assertThat(encoder.chunk().length()).isEqualTo(before);
  }
}

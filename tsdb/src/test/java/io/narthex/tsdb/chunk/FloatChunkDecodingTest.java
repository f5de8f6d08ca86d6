package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What decoding of floats does in every encoding. */
final class FloatChunkDecodingTest {
  private static TestSamples samples(ChunkEncoding encoding, Random random, int n) {
    TestSamples samples = TestSamples.random(random, n);
    return encoding == ChunkEncoding.XOR ? samples.withoutStarts() : samples;
  }

  private static byte[] encode(ChunkEncoding encoding, TestSamples samples) {
    return encoding == ChunkEncoding.XOR
        ? samples.xor(new XorEncoder())
        : samples.xor2(new Xor2Encoder());
  }

  private static void decode(ChunkEncoding encoding, byte[] chunk, SampleBuffer into) {
    ChunkDecoder.decode(encoding, chunk, 0, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, into);
  }

  @ParameterizedTest
  @EnumSource(names = {"XOR", "XOR2"})
  void givesOnlySamplesOfTheRangeAndKeepsWhatTheBufferHad(ChunkEncoding encoding) {
    Random random = new Random(9);
    for (int round = 0; round < 200; round++) {
      TestSamples samples = samples(encoding, random, 1 + random.nextInt(150));
      byte[] chunk = encode(encoding, samples);
      long[] times = samples.times();
      long a = times[random.nextInt(times.length)] + random.nextInt(3) - 1;
      long b = times[random.nextInt(times.length)] + random.nextInt(3) - 1;
      long mint = Math.min(a, b);
      long maxt = Math.max(a, b);
      SampleBuffer buffer = new SampleBuffer(2);
      buffer.add(-5, 1);

      ChunkDecoder.decode(encoding, chunk, 0, chunk.length, mint, maxt, buffer);

      long[] expected = Arrays.stream(times).filter(t -> t >= mint && t <= maxt).toArray();
      assertThat(Arrays.copyOfRange(buffer.timestamps, 1, buffer.size())).isEqualTo(expected);
      assertThat(buffer.timestamps[0]).isEqualTo(-5);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"XOR", "XOR2"})
  void readsBitsInTheMiddleOfALargerArrayOfOtherContent(ChunkEncoding encoding) {
    Random random = new Random(10);
    byte[] slab = new byte[100_000];
    random.nextBytes(slab);
    TestSamples samples = samples(encoding, random, 100);
    byte[] chunk = encode(encoding, samples);
    for (int at : new int[] {0, 777, slab.length - chunk.length}) {
      byte[] copy = slab.clone();
      System.arraycopy(chunk, 0, copy, at, chunk.length);
      SampleBuffer buffer = new SampleBuffer();
      ChunkDecoder.decode(encoding, copy, at, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
      samples.assertRead(buffer);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"XOR", "XOR2"})
  void refusesEveryTruncationWithoutReadingElsewhere(ChunkEncoding encoding) {
    byte[] chunk = encode(encoding, samples(encoding, new Random(11), 140));
    for (int length = 0; length < chunk.length; length++) {
      byte[] cut = Arrays.copyOf(chunk, length);
      assertThatThrownBy(() -> decode(encoding, cut, new SampleBuffer()))
          .as("of %d bytes the first %d", chunk.length, length)
          .isInstanceOf(DecodeException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"XOR", "XOR2"})
  void survivesEveryFlippedBit(ChunkEncoding encoding) {
    byte[] chunk = encode(encoding, samples(encoding, new Random(12), 60));
    for (int bit = 0; bit < chunk.length * 8; bit++) {
      byte[] flipped = chunk.clone();
      flipped[bit >>> 3] ^= (byte) (0x80 >>> (bit & 7));
      try {
        decode(encoding, flipped, new SampleBuffer());
      } catch (DecodeException e) {
        assertThat(e.getMessage()).contains(encoding == ChunkEncoding.XOR ? "XOR chunk" : "chunk");
      }
    }
  }
}

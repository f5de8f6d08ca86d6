package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.model.value.StaleMarker;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.encoding.DecodeException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XorPropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decodesWhatWasEncodedAsTheReferenceDoes(long seed) {
    Random random = new Random(seed);
    XorEncoder encoder = new XorEncoder();
    SampleBuffer buffer = new SampleBuffer(4);
    for (int round = 0; round < 400; round++) {
      int n = 1 + random.nextInt(150);
      long[] times = times(random, n);
      double[] values = values(random, n);
      byte[] chunk = encode(encoder, times, values, n);

      buffer.clear();
      XorDecoder.decode(chunk, 0, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);

      List<ReferenceXorDecoder.Sample> reference = ReferenceXorDecoder.decode(chunk);
      assertThat(buffer.size()).isEqualTo(n);
      for (int i = 0; i < n; i++) {
        long bits = Double.doubleToRawLongBits(values[i]);
        assertThat(buffer.timestamps[i]).isEqualTo(times[i]).isEqualTo(reference.get(i).t());
        assertThat(Double.doubleToRawLongBits(buffer.values[i]))
            .isEqualTo(bits)
            .isEqualTo(reference.get(i).valueBits());
      }
    }
  }

  @Test
  void givesOnlySamplesOfTheRangeAndKeepsWhatTheBufferHad() {
    Random random = new Random(9);
    XorEncoder encoder = new XorEncoder();
    for (int round = 0; round < 200; round++) {
      int n = 1 + random.nextInt(150);
      long[] times = times(random, n);
      double[] values = values(random, n);
      byte[] chunk = encode(encoder, times, values, n);
      long a = times[random.nextInt(n)] + random.nextInt(3) - 1;
      long b = times[random.nextInt(n)] + random.nextInt(3) - 1;
      long mint = Math.min(a, b);
      long maxt = Math.max(a, b);
      SampleBuffer buffer = new SampleBuffer(2);
      buffer.add(-5, 1);

      XorDecoder.decode(chunk, 0, chunk.length, mint, maxt, buffer);

      long[] expected = Arrays.stream(times).filter(t -> t >= mint && t <= maxt).toArray();
      assertThat(Arrays.copyOfRange(buffer.timestamps, 1, buffer.size())).isEqualTo(expected);
      assertThat(buffer.timestamps[0]).isEqualTo(-5);
    }
  }

  @Test
  void readsBitsInTheMiddleOfALargerArrayOfOtherContent() {
    Random random = new Random(10);
    byte[] slab = new byte[100_000];
    random.nextBytes(slab);
    XorEncoder encoder = new XorEncoder();
    long[] times = times(random, 100);
    double[] values = values(random, 100);
    byte[] chunk = encode(encoder, times, values, 100);
    for (int at : new int[] {0, 777, slab.length - chunk.length}) {
      byte[] copy = slab.clone();
      System.arraycopy(chunk, 0, copy, at, chunk.length);
      SampleBuffer buffer = new SampleBuffer();
      XorDecoder.decode(copy, at, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
      assertThat(Arrays.copyOf(buffer.timestamps, buffer.size())).isEqualTo(times);
    }
  }

  @Test
  void writesTheFormatsBitPatterns() {
    XorEncoder encoder = new XorEncoder();
    encoder.add(1000, 1.0);
    encoder.add(2000, 1.0);
    encoder.add(3000, 1.0);
    encoder.add(4001, 2.0);
    byte[] chunk = encoder.chunk().toByteArray();
    // count; varint 1000; 1.0; uvarint 1000; then bits 0 | 0 0 | 10+14 bits of 1, 11 + 00001 +
    // 001011 + 11 significant bits of the xor.
    assertThat(chunk)
        .startsWith(
            0x00,
            0x04,
            0xD0,
            0x0F,
            0x3F,
            0xF0,
            0,
            0,
            0,
            0,
            0,
            0,
            0xE8,
            0x07,
            0b00010000,
            0,
            0b00111000,
            0b01001011);
  }

  @Test
  void refusesEveryTruncationWithoutReadingElsewhere() {
    Random random = new Random(11);
    byte[] chunk = encode(new XorEncoder(), times(random, 120), values(random, 120), 120);
    for (int length = 0; length < chunk.length; length++) {
      byte[] cut = Arrays.copyOf(chunk, length);
      assertThatThrownBy(
              () ->
                  XorDecoder.decode(
                      cut, 0, cut.length, Long.MIN_VALUE, Long.MAX_VALUE, new SampleBuffer()))
          .isInstanceOf(DecodeException.class);
    }
  }

  @Test
  void survivesEveryFlippedBit() {
    Random random = new Random(12);
    byte[] chunk = encode(new XorEncoder(), times(random, 60), values(random, 60), 60);
    for (int bit = 0; bit < chunk.length * 8; bit++) {
      byte[] flipped = chunk.clone();
      flipped[bit >>> 3] ^= (byte) (0x80 >>> (bit & 7));
      SampleBuffer buffer = new SampleBuffer();
      try {
        XorDecoder.decode(flipped, 0, flipped.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);
      } catch (DecodeException e) {
        assertThat(e).hasMessageContaining("XOR chunk");
      }
    }
  }

  private static byte[] encode(XorEncoder encoder, long[] times, double[] values, int n) {
    encoder.reset();
    for (int i = 0; i < n; i++) {
      encoder.add(times[i], values[i]);
    }
    return encoder.chunk().toByteArray();
  }

  private static long[] times(Random random, int n) {
    long[] times = new long[n];
    long t = random.nextInt(4) == 0 ? random.nextLong() >> 3 : random.nextInt();
    int style = random.nextInt(4);
    for (int i = 0; i < n; i++) {
      times[i] = t;
      t +=
          switch (style) {
            case 0 -> 15_000;
            case 1 -> 15_000 + random.nextInt(20) - 10;
            case 2 -> 1 + (random.nextInt() & 0x7FFFFFFF >>> random.nextInt(31));
            default -> 1 + (random.nextLong() >>> (20 + random.nextInt(44)));
          };
    }
    return times;
  }

  private static double[] values(Random random, int n) {
    double[] values = new double[n];
    int style = random.nextInt(4);
    double v = random.nextInt(1000);
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (style) {
            case 0 -> v;
            case 1 -> v += random.nextInt(10);
            case 2 -> random.nextDouble();
            default -> Double.longBitsToDouble(random.nextLong());
          };
      if (random.nextInt(50) == 0) {
        values[i] = StaleMarker.VALUE;
      }
    }
    return values;
  }
}

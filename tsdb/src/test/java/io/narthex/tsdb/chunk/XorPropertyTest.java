package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.SampleBuffer;
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
      TestSamples samples = TestSamples.random(random, n).withoutStarts();
      byte[] chunk = samples.xor(encoder);

      buffer.clear();
      XorDecoder.decode(chunk, 0, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, buffer);

      List<ReferenceXorDecoder.Sample> reference = ReferenceXorDecoder.decode(chunk);
      samples.assertRead(buffer);
      for (int i = 0; i < n; i++) {
        assertThat(reference.get(i).t()).isEqualTo(samples.times()[i]);
        assertThat(reference.get(i).valueBits())
            .isEqualTo(Double.doubleToRawLongBits(samples.values()[i]));
      }
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
}

package io.narthex.remote.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesRefCacheTest {
  @Test
  void findsWhatWasPutUntilTwoGenerationsHavePassed() {
    SeriesRefCache cache = new SeriesRefCache(64 * 1000);
    SplittableRandom random = new SplittableRandom(5);
    long[] low = random.longs(40_000).toArray();
    long[] high = random.longs(40_000).toArray();
    for (int i = 0; i < low.length; i++) {
      cache.put(low[i], high[i], i + 1);
    }
    for (int i = 0; i < low.length; i++) {
      assertThat(cache.get(low[i], high[i])).isEqualTo(i + 1);
      assertThat(cache.get(low[i], ~high[i])).isZero();
    }
    for (int i = 0; i < 400_000; i++) {
      cache.put(random.nextLong(), random.nextLong(), 1);
      // An entry that is asked for stays.
      if (i % 100 == 0) {
        assertThat(cache.get(low[0], high[0])).isEqualTo(1);
      }
    }
    assertThat(cache.get(low[1], high[1])).isZero();
  }

  @Test
  void replacesAReference() {
    SeriesRefCache cache = new SeriesRefCache(100);
    cache.put(1, 2, 3);
    cache.put(1, 2, 4);
    assertThat(cache.get(1, 2)).isEqualTo(4);
  }

  @Test
  void hashesOfDifferentBytesDiffer() {
    LabelHash hash = new LabelHash(LabelHash.randomKeys());
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      byte[] text = ("label-" + i).repeat(1 + i % 5).getBytes(StandardCharsets.UTF_8);
      hash.hash(text, 0, text.length);
      assertThat(seen.add(hash.low())).isTrue();
      assertThat(seen.add(hash.high())).isTrue();
    }
    byte[] zeros = new byte[64];
    for (int length = 0; length < 64; length++) {
      hash.hash(zeros, 0, length);
      assertThat(seen.add(hash.low())).isTrue();
    }
  }
}

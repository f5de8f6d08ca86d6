package io.narthex.tsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.tsdb.compact.CompactionOptions;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a head that is due waits. */
final class CompactionDelayTest {
  private static final long HOURS_2 = 7_200_000;

  @TempDir private Path folder;

  @Test
  void isARandomPartOfThePercentage() {
    long longest = 0;
    for (int seed = 0; seed < 200; seed++) {
      long millis = new CompactionDelay(HOURS_2, 10, new Random(seed)).millis();
      assertThat(millis).isBetween(0L, HOURS_2 / 10);
      longest = Math.max(longest, millis);
    }
    assertThat(longest).isGreaterThan(HOURS_2 / 20);
  }

  @Test
  void countsFromTheMomentThatTheHeadIsDueAndStartsAnew() {
    CompactionDelay delay = new CompactionDelay(HOURS_2, 100, new Random(5));
    long nanos = delay.millis() * 1_000_000;
    assertThat(nanos).isPositive();
    assertThat(delay.holdsBack(false, 0)).isFalse();
    assertThat(delay.holdsBack(true, 1000)).isTrue();
    assertThat(delay.holdsBack(true, 999 + nanos)).isTrue();
    assertThat(delay.holdsBack(true, 1000 + nanos)).isFalse();
    assertThat(delay.holdsBack(false, 1001 + nanos)).isFalse();
    assertThat(delay.holdsBack(true, 1002 + nanos)).isTrue();
  }

  @Test
  void withoutAPercentageNothingWaits() {
    assertThat(new CompactionDelay(HOURS_2, 0, new Random(1)).holdsBack(true, 5)).isFalse();
  }

  @Test
  void aHeadThatIsDueStaysWholeMeanwhile() throws Exception {
    DbOptions options =
        TestDatabase.options(folder)
            .withBlocks(HOURS_2, HOURS_2)
            .withCompaction(CompactionOptions.DEFAULT.withDelay(100));
    try (TestDatabase test = TestDatabase.open(options)) {
      test.append(HOURS_2, 0, 3, 1);
      test.append(3 * HOURS_2, 0, 3, 1);
      test.db.compact();
      assertThat(test.db.blockMetas()).isEmpty();
    }
    try (TestDatabase test = TestDatabase.open(options.withCompaction(CompactionOptions.DEFAULT))) {
      test.db.compact();
      assertThat(test.db.blockMetas()).hasSize(1);
    }
  }
}

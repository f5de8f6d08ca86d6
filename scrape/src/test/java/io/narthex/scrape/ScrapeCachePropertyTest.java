package io.narthex.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache against maps and sets, over scrapes that churn, shuffle, repeat and fail. */
final class ScrapeCachePropertyTest {
  private final Map<String, Long> known = new HashMap<>();
  private Set<Long> trackedBefore = new HashSet<>();
  private Set<Long> tracked = new HashSet<>();
  private Set<String> seen = new HashSet<>();
  private long nextRef = 1;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithMaps(long seed) {
    Random random = new Random(seed);
    ScrapeCache cache = new ScrapeCache(new SpanHash.Keys(seed | 1, 77, 1234567, 99));
    List<String> exposed = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      exposed.add(span(random));
    }
    for (int scrape = 0; scrape < 60; scrape++) {
      mutate(exposed, random);
      boolean whole = random.nextInt(5) != 0;
      int count = whole ? exposed.size() : random.nextInt(exposed.size());
      scrape(cache, exposed.subList(0, count), random);
      checkStale(cache);
      cache.end(whole);
      endModel(whole);
      assertThat(cache.size()).isEqualTo(known.size());
    }
  }

  private static String span(Random random) {
    String name = "metric_" + random.nextInt(100_000);
    return switch (random.nextInt(4)) {
      case 0 -> name;
      case 1 -> name + "{a=\"" + random.nextInt(10) + "\"}";
      case 2 -> name + "{long=\"" + "v".repeat(random.nextInt(70_000)) + "\"}";
      default -> name + "{a=\"b\",le=\"" + random.nextDouble() + "\"}";
    };
  }

  private static void mutate(List<String> exposed, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> Collections.shuffle(exposed, random);
      case 1 -> exposed.add(random.nextInt(exposed.size()), span(random));
      case 2 -> exposed.remove(random.nextInt(exposed.size()));
      case 3 -> exposed.subList(0, exposed.size() / 8).replaceAll(s -> span(random));
      default -> {}
    }
  }

  private void scrape(ScrapeCache cache, List<String> spans, Random random) {
    StringBuilder text = new StringBuilder();
    int[] starts = new int[spans.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = text.length();
      text.append(spans.get(i)).append(" 1\n");
    }
    byte[] body = text.toString().getBytes(StandardCharsets.US_ASCII);
    cache.begin();
    for (int i = 0; i < starts.length; i++) {
      String span = spans.get(i);
      int end = starts[i] + span.length();
      int predicted = cache.predict(body, starts[i], body.length);
      if (predicted != 0) {
        // A known span may be a prefix of another: whoever parses looks at what follows.
        assertThat(known).containsKey(span.substring(0, Math.min(span.length(), predicted)));
      }
      visit(cache, body, starts[i], end, span, random.nextInt(20) != 0);
    }
  }

  private void visit(
      ScrapeCache cache, byte[] body, int start, int end, String span, boolean track) {
    int entry = cache.find(body, start, end);
    Long ref = known.get(span);
    if (ref == null) {
      assertThat(entry).isEqualTo(ScrapeCache.NONE);
      ref = nextRef++;
      known.put(span, ref);
      entry = cache.add(ref, end - start);
      seen.add(span);
    } else {
      assertThat(entry).isNotEqualTo(ScrapeCache.NONE);
      assertThat(cache.ref(entry)).isEqualTo(ref);
      assertThat(cache.touch(entry)).isEqualTo(!seen.add(span));
    }
    if (track) {
      cache.track(entry);
      tracked.add(ref);
    }
  }

  private void checkStale(ScrapeCache cache) {
    Set<Long> expected = new TreeSet<>(trackedBefore);
    expected.removeAll(tracked);
    Set<Long> actual = new TreeSet<>();
    Arrays.stream(cache.stale()).forEach(actual::add);
    assertThat(actual).isEqualTo(expected);
  }

  private void endModel(boolean whole) {
    if (whole) {
      known.keySet().retainAll(seen);
    }
    trackedBefore = tracked;
    tracked = new HashSet<>();
    seen = new HashSet<>();
  }
}

package io.narthex.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionCursor;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.openmetrics.OpenMetricsCursor;
import io.narthex.exposition.text.TextCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body reads the same whether or not the cache recognises its spans from the scrape before. */
final class PredictionPropertyTest {
  private static final String[] SPANS = {
    "foo",
    "foo_bar",
    "foo{a=\"1\"}",
    "foo{a=\"1\",}",
    "foo {a=\"1\"}",
    "foo{}",
    "foo{ }",
    "foo{a=\"x y\"}",
    "{\"foo\"}",
    "{\"foo\",a=\"1\"}",
    "foo{a=\"1\",b=\"2\"}",
    "foo{a=\"\\\"\"}"
  };
  private static final String[] RESTS = {
    " 1",
    "  2",
    " 3 4",
    " {a=\"1\"} 5",
    "{a=\"1\"} 6",
    "\t7",
    " NaN",
    " x",
    "1 8",
    " 9 # {t=\"1\"} 1"
  };

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changesNothingButTheSpeed(boolean text) {
    Random random = new Random(5);
    ScrapeCache cache = new ScrapeCache(new SpanHash.Keys(3, 5, 7, 9));
    ExpositionCursor predicted = text ? new TextCursor(cache) : new OpenMetricsCursor(cache);
    ExpositionCursor plain =
        text ? new TextCursor(SpanPredictor.NONE) : new OpenMetricsCursor(SpanPredictor.NONE);
    List<String> lines = new ArrayList<>();
    for (int round = 0; round < 20_000; round++) {
      if (lines.size() < 6 || random.nextInt(3) == 0) {
        lines.add(
            random.nextInt(lines.size() + 1),
            SPANS[random.nextInt(SPANS.length)] + RESTS[random.nextInt(RESTS.length)]);
      }
      while (lines.size() > 8) {
        lines.remove(random.nextInt(lines.size()));
      }
      byte[] body =
          (String.join("\n", lines) + (text ? "" : "\n# EOF\n")).getBytes(StandardCharsets.UTF_8);
      assertThat(read(predicted, body, cache)).isEqualTo(read(plain, body, null));
    }
  }

  private static List<String> read(ExpositionCursor cursor, byte[] body, ScrapeCache cache) {
    List<String> out = new ArrayList<>();
    if (cache != null) {
      cache.begin();
    }
    cursor.reset(Arrays.copyOf(body, body.length + 1), body.length);
    try {
      while (cursor.next() != Entry.END) {
        out.add(
            cursor.spanStart()
                + ".."
                + cursor.spanEnd()
                + " "
                + cursor.labels()
                + " "
                + cursor.value()
                + (cursor.hasTimestamp() ? " " + cursor.timestampMillis() : ""));
        if (cache != null) {
          remember(cursor, cache);
        }
      }
    } catch (ExpositionException e) {
      out.add(e.getMessage());
    }
    if (cache != null) {
      cache.end(true);
    }
    return out;
  }

  private static void remember(ExpositionCursor cursor, ScrapeCache cache) {
    int entry = cache.find(cursor.buffer(), cursor.spanStart(), cursor.spanEnd());
    if (entry == ScrapeCache.NONE) {
      cache.add(1, cursor.spanEnd() - cursor.spanStart());
    } else {
      cache.touch(entry);
    }
  }
}

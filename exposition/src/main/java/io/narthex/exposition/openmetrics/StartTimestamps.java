package io.narthex.exposition.openmetrics;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the {@code _created} line that belongs to a sample. It stands somewhere behind the sample,
 * among the lines of the same family, so a second cursor looks ahead; what it finds holds for all
 * samples of the same series and is kept until another one comes.
 */
final class StartTimestamps {
  static final String CREATED = "_created";

  private static final byte[] SUFFIX = CREATED.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NONE = {};

  private final OpenMetricsCursor ahead = new OpenMetricsCursor(SpanPredictor.NONE);
  private byte[] knownKey = NONE;
  private long known;

  /** Whether series of the type have a start. */
  static boolean applyTo(MetricType type) {
    return type == MetricType.COUNTER || type == MetricType.SUMMARY || type == MetricType.HISTOGRAM;
  }

  static boolean endsWithCreated(byte[] b, int from, int to) {
    int start = to - SUFFIX.length;
    return start >= from && Arrays.equals(b, start, to, SUFFIX, 0, SUFFIX.length);
  }

  /** The start of the sample that the cursor stands on, in milliseconds; 0 where there is none. */
  long of(OpenMetricsCursor cursor) {
    if (!applyTo(cursor.type())) {
      knownKey = NONE;
      return 0;
    }
    byte[] key = cursor.familyKey();
    if (known <= 0 || !Arrays.equals(key, knownKey)) {
      known = lookAhead(cursor, key);
      knownKey = known == 0 ? NONE : key;
    }
    return known;
  }

  private long lookAhead(OpenMetricsCursor cursor, byte[] key) {
    ahead.follow(cursor);
    try {
      while (ahead.nextLine() == Entry.SERIES) {
        if (ahead.isCreatedSeries()) {
          return Arrays.equals(ahead.familyKey(), key) ? (long) (ahead.value() * 1000.0) : 0;
        }
      }
    } catch (ExpositionException e) {
      // The cursor itself will come to this line and say so.
      return 0;
    }
    return 0;
  }

  /** Labels as they are written, without bucket and quantile, and a name. */
  static byte[] key(byte[] b, int[] offsets, int count, int nameEnd, MetricType type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 2; i < count; i += 4) {
      String left = type == MetricType.SUMMARY ? Labels.QUANTILE : Labels.BUCKET;
      boolean leaveOut =
          type != MetricType.COUNTER
              && left.equals(
                  new String(b, offsets[i], offsets[i + 1] - offsets[i], StandardCharsets.UTF_8));
      if (!leaveOut) {
        out.write(b, offsets[i], offsets[i + 1] - offsets[i]);
        out.write(b, offsets[i + 2], offsets[i + 3] - offsets[i + 2]);
      }
    }
    out.write(b, offsets[0], nameEnd - offsets[0]);
    return out.toByteArray();
  }
}

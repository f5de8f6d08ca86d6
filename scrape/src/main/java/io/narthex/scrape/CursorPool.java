package io.narthex.scrape;

import io.narthex.exposition.ExpositionCursor;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.negotiation.BodyFormat;
import io.narthex.exposition.negotiation.FormatNegotiation;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;

/** Idle cursors, by format: a target needs one only while its body is parsed. */
final class CursorPool {
  private static final int MAX_IDLE = 16;

  private final Map<BodyFormat, ArrayDeque<ExpositionCursor>> idle =
      new EnumMap<>(BodyFormat.class);

  private final boolean startTimestamps;

  /**
   * @param startTimestamps whether cursors tell since when samples count
   */
  CursorPool(boolean startTimestamps) {
    this.startTimestamps = startTimestamps;
    for (BodyFormat format : BodyFormat.values()) {
      idle.put(format, new ArrayDeque<>());
    }
  }

  synchronized ExpositionCursor take(BodyFormat format) {
    ExpositionCursor cursor = idle.get(format).poll();
    return cursor == null
        ? FormatNegotiation.cursor(format, SpanPredictor.NONE, startTimestamps)
        : cursor;
  }

  synchronized void give(BodyFormat format, ExpositionCursor cursor) {
    cursor.predictor(SpanPredictor.NONE);
    if (idle.get(format).size() < MAX_IDLE) {
      idle.get(format).push(cursor);
    }
  }
}

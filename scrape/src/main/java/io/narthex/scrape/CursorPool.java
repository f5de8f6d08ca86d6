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

  CursorPool() {
    for (BodyFormat format : BodyFormat.values()) {
      idle.put(format, new ArrayDeque<>());
    }
  }

  synchronized ExpositionCursor take(BodyFormat format) {
    ExpositionCursor cursor = idle.get(format).poll();
    return cursor == null ? FormatNegotiation.cursor(format, SpanPredictor.NONE) : cursor;
  }

  synchronized void give(BodyFormat format, ExpositionCursor cursor) {
    cursor.predictor(SpanPredictor.NONE);
    if (idle.get(format).size() < MAX_IDLE) {
      idle.get(format).push(cursor);
    }
  }
}

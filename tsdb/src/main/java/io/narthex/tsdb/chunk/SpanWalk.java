package io.narthex.tsdb.chunk;

/**
 * Goes over the buckets that two lists of spans have, or one of them, by ascending index. Spans are
 * pairs: gap to the span before (the first: index), number of buckets.
 */
final class SpanWalk {
  private final Side first;
  private final Side second;
  private boolean started;
  private boolean inFirst;
  private boolean inSecond;

  SpanWalk(int[] firstSpans, int[] secondSpans) {
    first = new Side(firstSpans);
    second = new Side(secondSpans);
  }

  /** Goes to the next bucket; false after the last. */
  boolean next() {
    if (!started || inFirst) {
      first.next();
    }
    if (!started || inSecond) {
      second.next();
    }
    started = true;
    inFirst = first.index <= second.index && !first.ended;
    inSecond = second.index <= first.index && !second.ended;
    return inFirst || inSecond;
  }

  long index() {
    return inFirst ? first.index : second.index;
  }

  /** The bucket's number among those of the first list, -1 where that has none. */
  int first() {
    return inFirst ? first.bucket : -1;
  }

  /** The bucket's number among those of the second list, -1 where that has none. */
  int second() {
    return inSecond ? second.bucket : -1;
  }

  /** Whether the first list has every bucket of the second. */
  static boolean covers(int[] firstSpans, int[] secondSpans) {
    SpanWalk walk = new SpanWalk(firstSpans, secondSpans);
    while (walk.next()) {
      if (!walk.inFirst) {
        return false;
      }
    }
    return true;
  }

  private static final class Side {
    private final int[] spans;
    private int span = -2;
    private int leftInSpan;
    int bucket = -1;
    long index = -1;
    boolean ended;

    Side(int[] spans) {
      this.spans = spans;
    }

    void next() {
      while (leftInSpan == 0) {
        span += 2;
        if (span >= spans.length) {
          ended = true;
          index = Long.MAX_VALUE;
          return;
        }
        index += spans[span];
        leftInSpan = spans[span + 1];
      }
      leftInSpan--;
      index++;
      bucket++;
    }
  }
}

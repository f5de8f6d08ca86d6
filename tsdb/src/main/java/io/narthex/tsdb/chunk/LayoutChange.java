package io.narthex.tsdb.chunk;

import io.narthex.model.histogram.NativeHistogram;

/**
 * What must happen so that a chunk and a histogram have the same buckets.
 *
 * @param extendsChunk whether the chunk gets these spans; else it has them already
 */
record LayoutChange(int[] positiveSpans, int[] negativeSpans, boolean extendsChunk) {

  /**
   * Buckets that only the histogram has make the chunk grow, those that only the chunk has are
   * empty in the histogram. The spans are those that Prometheus arrives at: of gauges joined on
   * both sides as soon as the histogram lacks a bucket, of counters only on the side where it does.
   */
  static LayoutChange of(HistogramLayout chunk, NativeHistogram h, boolean gauge) {
    int[] positive = h.positiveSpans();
    int[] negative = h.negativeSpans();
    if (SpanWalk.covers(chunk.positiveSpans(), positive)
        && SpanWalk.covers(chunk.negativeSpans(), negative)) {
      return new LayoutChange(chunk.positiveSpans(), chunk.negativeSpans(), false);
    }
    boolean lacksPositive = !SpanWalk.covers(positive, chunk.positiveSpans());
    boolean lacksNegative = !SpanWalk.covers(negative, chunk.negativeSpans());
    boolean lacksAny = lacksPositive || lacksNegative;
    if (gauge ? lacksAny : lacksPositive) {
      positive = Spans.union(chunk.positiveSpans(), positive);
    }
    if (gauge ? lacksAny : lacksNegative) {
      negative = Spans.union(chunk.negativeSpans(), negative);
    }
    return new LayoutChange(positive, negative, true);
  }
}

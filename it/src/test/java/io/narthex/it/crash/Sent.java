package io.narthex.it.crash;

import io.narthex.it.process.Json;
import io.narthex.it.process.SentHistogram;
import io.narthex.it.process.WriteRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a series has at a time, which follows from the time, so that a wrong value shows too; and
 * the text by which what was sent and what a query answers are compared.
 */
enum Sent {
  FLOAT,
  INTEGER_HISTOGRAM,
  FLOAT_HISTOGRAM,
  CUSTOM_BUCKETS,
  /** Floats and histograms by turns. */
  MIXED;

  private static final double[] NO_BOUNDS = {};
  private static final double[] BOUNDS = {0.5, 1, 2.5, 5, 10};

  /** Adds the sample of a time to a request and returns its text. */
  String add(WriteRequest request, long time, String... labels) {
    boolean histogram = this == MIXED ? time % 2 == 0 : this != FLOAT;
    if (!histogram) {
      request.add(time, time, labels);
      return Double.toString(time);
    }
    SentHistogram sent =
        new SentHistogram(
            time,
            counts(time),
            this == CUSTOM_BUCKETS ? BOUNDS : NO_BOUNDS,
            this == FLOAT_HISTOGRAM);
    request.add(time, sent, labels);
    List<String> counts = new ArrayList<>();
    for (long count : sent.counts()) {
      counts.add(Double.toString(count));
    }
    return text(sent.count(), time, counts);
  }

  /** Mostly growing, with a reset and another number of buckets now and then. */
  private static long[] counts(long time) {
    long[] counts = new long[2 + (int) (time / 1000 % 3)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = 1 + time % 10_000 / (i + 1);
    }
    return counts;
  }

  /** The text of a value in an answer of the API. */
  static String text(Object value) {
    if (value instanceof String number) {
      return Double.toString(Double.parseDouble(number));
    }
    List<String> counts = new ArrayList<>();
    for (Object bucket : Json.list(Json.at(value, "buckets"))) {
      counts.add(Double.toString(number(Json.list(bucket).get(3))));
    }
    return text(number(Json.at(value, "count")), number(Json.at(value, "sum")), counts);
  }

  private static double number(Object text) {
    return Double.parseDouble((String) text);
  }

  private static String text(double count, double sum, List<String> counts) {
    return "count " + count + " sum " + sum + " buckets " + counts;
  }
}

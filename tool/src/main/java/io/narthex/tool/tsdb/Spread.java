package io.narthex.tool.tsdb;

import io.narthex.tool.Output;
import java.util.Arrays;

/** How numbers are spread, drawn as bars of a per cent each. */
final class Spread {
  private static final int FIRST_STEP = 10;
  private static final int LAST_STEP = 10_000;

  private final String title;
  private int[] numbers = new int[64];
  private int size;

  Spread(String title) {
    this.title = title;
  }

  void add(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = number;
  }

  /**
   * @param total what 100 per cent are
   */
  void print(long total, Output out) {
    if (size == 0) {
      out.line(title + ": N/A\n");
      return;
    }
    int[] sorted = Arrays.copyOf(numbers, size);
    Arrays.sort(sorted);
    int min = sorted[0];
    int max = sorted[size - 1];
    int step = step(min, max);
    int start = min - min % step;
    int end = max - max % step + step;
    int[] buckets = new int[(end - start) / step + 1];
    long sum = 0;
    int largest = 0;
    for (int number : sorted) {
      sum += number;
      largest = Math.max(largest, ++buckets[(number - start) / step]);
    }
    out.line(title + " (min/avg/max): " + min + "/" + sum / size + "/" + max);
    int left = digits(end);
    int right = digits(end + step);
    int width = digits(largest);
    for (int i = 0; i < buckets.length; i++) {
      String from = padded(i * step + start + 1, left);
      String to = padded((i + 1) * step + start, right);
      String bar = "#".repeat((int) (100L * buckets[i] / total));
      out.line("[" + from + ", " + to + "]: " + padded(buckets[i], width) + " " + bar);
    }
    out.line("");
  }

  /** A power of ten that makes about ten bars. */
  private static int step(int min, int max) {
    int wanted = (max - min) / 10;
    int step = FIRST_STEP;
    while (step < wanted && step <= LAST_STEP) {
      step *= 10;
    }
    return step;
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  private static String padded(int number, int width) {
    String text = Integer.toString(number);
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}

package io.narthex.tool.query;

import io.narthex.model.value.GoFloat;
import io.narthex.tool.Output;

/** The bucket counts of all histograms of a kind. */
final class BucketTotals {
  private final String kind;
  private final Distribution min = new Distribution();
  private final Distribution average = new Distribution();
  private final Distribution max = new Distribution();
  private final Distribution total = new Distribution();

  BucketTotals(String kind) {
    this.kind = kind;
  }

  /** Smallest, mean and largest of whole numbers. */
  private static final class Distribution {
    private int min = Integer.MAX_VALUE;
    private int max;
    private int count;
    private double mean;

    void add(int number) {
      min = Math.min(min, number);
      max = Math.max(max, number);
      count++;
      mean += (double) number / count - mean / count;
    }

    @Override
    public String toString() {
      return min + "/" + GoFloat.fixed(mean, 3) + "/" + max;
    }
  }

  void add(BucketCount usage) {
    min.add(usage.min());
    average.add((int) usage.average());
    max.add(usage.max());
    total.add(usage.total());
  }

  /** Nothing where there are none. */
  void print(Output out) {
    if (min.count == 0) {
      return;
    }
    out.line("\n" + kind + " histogram series (" + min.count + " in total):");
    out.line("- min populated: " + min);
    out.line("- avg populated: " + average);
    out.line("- max populated: " + max);
    if (max.min != total.min || max.max != total.max || max.mean != total.mean) {
      out.line("- total: " + total);
    }
  }
}

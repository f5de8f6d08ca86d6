package io.narthex.model.labels;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * An immutable label set: name/value pairs sorted by name, names unique, no empty values.
 *
 * <p>Order, of names and of whole label sets, is that of the UTF-8 bytes, as everywhere in
 * Prometheus. Labels come from symbol tables, so that equal strings are mostly the same object and
 * their hash codes are already known.
 */
public final class Labels implements Comparable<Labels> {
  public static final String METRIC_NAME = "__name__";
  public static final String BUCKET = "le";
  public static final String QUANTILE = "quantile";
  public static final String INSTANCE = "instance";
  public static final String JOB = "job";

  public static final Labels EMPTY = new Labels(new String[0]);

  /** Name at even, value at odd positions. */
  private final String[] pairs;

  private long hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
  }

  /**
   * Builds from alternating names and values in any order; pairs with an empty value are left out.
   */
  public static Labels of(String... namesAndValues) {
    LabelsBuilder builder = new LabelsBuilder(EMPTY);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.labels();
  }

  /**
   * Wraps pairs that are already sorted by name, unique and without empty values. The caller gives
   * the array away.
   */
  public static Labels ofSorted(String[] pairs) {
    return pairs.length == 0 ? EMPTY : new Labels(pairs);
  }

  /** How many labels there are. */
  public int size() {
    return pairs.length >> 1;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  public String name(int i) {
    return pairs[2 * i];
  }

  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /**
   * The label's value, or the empty string where the label is absent: PromQL does not tell the two
   * apart.
   */
  public String get(String name) {
    int i = indexOf(name);
    return i < 0 ? "" : pairs[2 * i + 1];
  }

  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /** Position of the label, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return i >> 1;
      }
    }
    return -1;
  }

  public String metricName() {
    return get(METRIC_NAME);
  }

  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  /** The labels whose names pass. */
  public Labels filter(Predicate<String> keep) {
    String[] kept = new String[pairs.length];
    int n = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (keep.test(pairs[i])) {
        kept[n++] = pairs[i];
        kept[n++] = pairs[i + 1];
      }
    }
    return n == pairs.length ? this : ofSorted(Arrays.copyOf(kept, n));
  }

  /** These labels without one name. */
  public Labels without(String name) {
    int at = indexOf(name);
    if (at < 0) {
      return this;
    }
    String[] kept = new String[pairs.length - 2];
    System.arraycopy(pairs, 0, kept, 0, 2 * at);
    System.arraycopy(pairs, 2 * at + 2, kept, 2 * at, kept.length - 2 * at);
    return ofSorted(kept);
  }

  /** These labels with one set to a value; an empty one takes the label away. */
  public Labels with(String name, String value) {
    if (value.isEmpty()) {
      return without(name);
    }
    int at = 0;
    int c = -1;
    while (at < pairs.length && (c = Utf8Order.compare(pairs[at], name)) < 0) {
      at += 2;
    }
    boolean replaces = at < pairs.length && c == 0;
    String[] changed = new String[replaces ? pairs.length : pairs.length + 2];
    System.arraycopy(pairs, 0, changed, 0, at);
    changed[at] = name;
    changed[at + 1] = value;
    int rest = replaces ? at + 2 : at;
    System.arraycopy(pairs, rest, changed, at + 2, pairs.length - rest);
    return new Labels(changed);
  }

  /** A 64-bit hash for tables of this process; it is not stable over versions. */
  public long hash() {
    long h = hash;
    if (h == 0) {
      for (String s : pairs) {
        h = mixed(h, s.hashCode());
      }
      hash = h == 0 ? 1 : h;
      return hash;
    }
    return h;
  }

  /**
   * {@link #hash} of a label set without having it.
   *
   * @param hashCodes of its names and values, in their order
   */
  public static long hash(int[] hashCodes, int count) {
    long h = 0;
    for (int i = 0; i < count; i++) {
      h = mixed(h, hashCodes[i]);
    }
    return h == 0 ? 1 : h;
  }

  private static long mixed(long hash, int hashCode) {
    long h = (hash ^ hashCode) * 0x9E3779B97F4A7C15L;
    return h ^ (h >>> 29);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash());
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof Labels that
            && that.hash() == hash()
            && Arrays.equals(pairs, that.pairs));
  }

  @Override
  public int compareTo(Labels that) {
    int n = Math.min(pairs.length, that.pairs.length);
    for (int i = 0; i < n; i++) {
      if (!pairs[i].equals(that.pairs[i])) {
        return Utf8Order.compare(pairs[i], that.pairs[i]);
      }
    }
    return Integer.compare(pairs.length, that.pairs.length);
  }

  /**
   * As Prometheus prints label sets: {@code {__name__="up", job="node"}}, names quoted where they
   * must be.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(64).append('{');
    for (int i = 0; i < pairs.length; i += 2) {
      if (i > 0) {
        out.append(", ");
      }
      if (LabelName.isLegacy(pairs[i])) {
        out.append(pairs[i]);
      } else {
        GoQuote.append(out, pairs[i]);
      }
      out.append('=');
      GoQuote.append(out, pairs[i + 1]);
    }
    return out.append('}').toString();
  }
}

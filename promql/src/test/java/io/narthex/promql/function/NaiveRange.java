package io.narthex.promql.function;

import java.util.Arrays;

/**
 * The range functions the plain way: each window is looked at on its own, from its first sample to
 * its last. The oracle of the kernels, which share work between windows.
 */
final class NaiveRange {
  private NaiveRange() {}

  /** A value, or nothing as an empty array. */
  static double[] value(
      String name, long[] t, double[] v, long start, long end, long time, double[] scalars) {
    int n = v.length;
    if (n == 0) {
      return new double[0];
    }
    return switch (name) {
      case "rate" -> rate(t, v, start, end, true, true);
      case "increase" -> rate(t, v, start, end, true, false);
      case "delta" -> rate(t, v, start, end, false, false);
      case "irate" -> instant(t, v, true);
      case "idelta" -> instant(t, v, false);
      case "sum_over_time" -> one(sum(v));
      case "avg_over_time" -> one(avg(v));
      case "count_over_time" -> one(n);
      case "present_over_time" -> one(1);
      case "min_over_time" -> one(extreme(v, false));
      case "max_over_time" -> one(extreme(v, true));
      case "first_over_time" -> one(v[0]);
      case "last_over_time" -> one(v[n - 1]);
      case "ts_of_first_over_time" -> one(t[0] / 1000.0);
      case "ts_of_last_over_time" -> one(t[n - 1] / 1000.0);
      case "ts_of_max_over_time" -> one(t[timeOf(v, true)] / 1000.0);
      case "ts_of_min_over_time" -> one(t[timeOf(v, false)] / 1000.0);
      case "changes" -> one(changes(v));
      case "resets" -> one(resets(v));
      case "stdvar_over_time" -> one(variance(v));
      case "stddev_over_time" -> one(Math.sqrt(variance(v)));
      case "quantile_over_time" -> one(quantile(scalars[0], v));
      case "mad_over_time" -> one(mad(v));
      case "deriv" -> n < 2 ? new double[0] : one(line(t, v, t[0])[0]);
      case "predict_linear" -> predict(t, v, time, scalars[0]);
      case "double_exponential_smoothing" ->
          n < 2 ? new double[0] : one(smooth(v, scalars[0], scalars[1]));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double[] one(double value) {
    return new double[] {value};
  }

  private static double[] rate(
      long[] t, double[] v, long start, long end, boolean counter, boolean perSecond) {
    int n = v.length;
    if (n < 2) {
      return new double[0];
    }
    double result = v[n - 1] - v[0];
    for (int i = 1; counter && i < n; i++) {
      if (v[i] < v[i - 1]) {
        result += v[i - 1];
      }
    }
    double toStart = (t[0] - start) / 1000.0;
    double toEnd = (end - t[n - 1]) / 1000.0;
    double sampled = (t[n - 1] - t[0]) / 1000.0;
    double average = sampled / (n - 1);
    if (toStart >= average * 1.1) {
      toStart = average / 2;
    }
    if (counter && result > 0 && v[0] >= 0 && sampled * (v[0] / result) < toStart) {
      toStart = sampled * (v[0] / result);
    }
    if (toEnd >= average * 1.1) {
      toEnd = average / 2;
    }
    double factor = (sampled + toStart + toEnd) / sampled;
    if (perSecond) {
      // As Go's Duration.Seconds: whole seconds and the rest apart.
      factor /= (end - start) / 1000 + (end - start) % 1000 / 1e3;
    }
    return one(result * factor);
  }

  private static double[] instant(long[] t, double[] v, boolean rate) {
    int n = v.length;
    if (n < 2) {
      return new double[0];
    }
    double difference = rate && v[n - 1] < v[n - 2] ? v[n - 1] : v[n - 1] - v[n - 2];
    return one(rate ? difference / ((t[n - 1] - t[n - 2]) / 1000.0) : difference);
  }

  /** One step of Neumaier's summation: sum and compensation. */
  private static double[] add(double value, double sum, double c) {
    double t = sum + value;
    if (Double.isInfinite(t)) {
      return new double[] {t, 0};
    }
    if (Math.abs(sum) >= Math.abs(value)) {
      return new double[] {t, c + ((sum - t) + value)};
    }
    return new double[] {t, c + ((value - t) + sum)};
  }

  private static double sum(double[] v) {
    double[] s = {0, 0};
    for (double x : v) {
      s = add(x, s[0], s[1]);
    }
    return Double.isInfinite(s[0]) ? s[0] : s[0] + s[1];
  }

  private static double avg(double[] v) {
    double[] s = {v[0], 0};
    boolean running = false;
    for (int i = 1; i < v.length; i++) {
      double count = i + 1;
      if (!running) {
        double[] next = add(v[i], s[0], s[1]);
        if (!Double.isInfinite(next[0])) {
          s = next;
          continue;
        }
        running = true;
        s = new double[] {s[0] / (count - 1), s[1] / (count - 1)};
      }
      double q = (count - 1) / count;
      s = add(v[i] / count, q * s[0], q * s[1]);
    }
    return running ? s[0] + s[1] : s[0] / v.length + s[1] / v.length;
  }

  private static double extreme(double[] v, boolean max) {
    double best = v[0];
    for (double x : v) {
      if (Double.isNaN(best) || (max ? x > best : x < best)) {
        best = x;
      }
    }
    return best;
  }

  private static int timeOf(double[] v, boolean max) {
    int best = 0;
    for (int i = 0; i < v.length; i++) {
      if (Double.isNaN(v[best]) || (max ? v[i] >= v[best] : v[i] <= v[best])) {
        best = i;
      }
    }
    return best;
  }

  private static double changes(double[] v) {
    int changes = 0;
    for (int i = 1; i < v.length; i++) {
      if (v[i] != v[i - 1] && !(Double.isNaN(v[i]) && Double.isNaN(v[i - 1]))) {
        changes++;
      }
    }
    return changes;
  }

  private static double resets(double[] v) {
    int resets = 0;
    for (int i = 1; i < v.length; i++) {
      if (v[i] < v[i - 1]) {
        resets++;
      }
    }
    return resets;
  }

  private static double variance(double[] v) {
    double count = 0;
    double[] mean = {0, 0};
    double[] aux = {0, 0};
    for (double x : v) {
      count++;
      double delta = x - (mean[0] + mean[1]);
      mean = add(delta / count, mean[0], mean[1]);
      aux = add(delta * (x - (mean[0] + mean[1])), aux[0], aux[1]);
    }
    return (aux[0] + aux[1]) / count;
  }

  static double quantile(double q, double[] v) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    double[] sorted = v.clone();
    Arrays.sort(sorted);
    // Java sorts NaN last, Prometheus first.
    int nans = 0;
    for (double x : v) {
      nans += Double.isNaN(x) ? 1 : 0;
    }
    double[] ordered = new double[v.length];
    Arrays.fill(ordered, 0, nans, Double.NaN);
    System.arraycopy(sorted, 0, ordered, nans, v.length - nans);
    double rank = q * (v.length - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(v.length - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return ordered[lower] * (1 - weight) + ordered[upper] * weight;
  }

  private static double mad(double[] v) {
    for (double x : v) {
      if (Double.isNaN(x)) {
        return Double.NaN;
      }
    }
    double median = quantile(0.5, v);
    double[] distances = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      distances[i] = Math.abs(v[i] - median);
    }
    return quantile(0.5, distances);
  }

  private static double[] predict(long[] t, double[] v, long time, double seconds) {
    if (v.length < 2) {
      return new double[0];
    }
    double[] line = line(t, v, time);
    return one(line[0] * seconds + line[1]);
  }

  private static double[] line(long[] t, double[] v, long origin) {
    boolean constant = true;
    double[] sx = {0, 0};
    double[] sy = {0, 0};
    double[] sxy = {0, 0};
    double[] sx2 = {0, 0};
    for (int i = 0; i < v.length; i++) {
      constant &= v[i] == v[0] || i == 0;
      double x = (t[i] - origin) / 1e3;
      sx = add(x, sx[0], sx[1]);
      sy = add(v[i], sy[0], sy[1]);
      sxy = add(x * v[i], sxy[0], sxy[1]);
      sx2 = add(x * x, sx2[0], sx2[1]);
    }
    if (constant) {
      boolean infinite = Double.isInfinite(v[0]);
      return new double[] {infinite ? Double.NaN : 0, infinite ? Double.NaN : v[0]};
    }
    double n = v.length;
    double x = sx[0] + sx[1];
    double y = sy[0] + sy[1];
    double slope = (sxy[0] + sxy[1] - x * y / n) / (sx2[0] + sx2[1] - x * x / n);
    return new double[] {slope, y / n - slope * x / n};
  }

  private static double smooth(double[] v, double sf, double tf) {
    double before = 0;
    double now = v[0];
    double trend = v[1] - v[0];
    for (int i = 1; i < v.length; i++) {
      if (i > 1) {
        trend = tf * (now - before) + (1 - tf) * trend;
      }
      double next = sf * v[i] + (1 - sf) * (now + trend);
      before = now;
      now = next;
    }
    return now;
  }
}

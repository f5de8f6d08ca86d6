package io.narthex.tool.training;

import java.util.List;

/**
 * A PromQL test script that touches every kind of expression. Nothing is expected of the results,
 * so that printing what is not as expected is recorded as well.
 */
final class TrainingScript {
  /** An expression that takes several lines. */
  static final String LONG =
      "sum by (job) (rate(m{job=~\"a|b\"}[5m])) / on (job) group_left (n)"
          + " histogram_quantile(0.9, sum by (job, le) (max_over_time(b_bucket[1h:5m] offset 1d)))"
          + " > bool -1";

  private static final int TIMES = 20;

  private static final String LOAD =
      """
      load 1m
        m{job="a", n="1"} 0+1x20
        m{job="a", n="2"} 5 _ 7 stale 2+3x15
        m{job="b", n="1"} 100-2x20
        b_bucket{le="1"} 0+1x20
        b_bucket{le="+Inf"} 0+3x20
        h{job="a"} {{schema:1 count:5 sum:9 z_bucket:1 buckets:[2 1 1]}}+{{schema:1 count:4 sum:4 buckets:[2 1 1]}}x20

      load_with_nhcb 1m
        c_bucket{le="1"} 0+1x20
        c_bucket{le="+Inf"} 0+3x20
        c_count 0+3x20
        c_sum 0+5x20

      """;

  private static final List<String> EXPRESSIONS =
      List.of(
          "m",
          "m offset 1m + 1",
          "-m{job=~\"a|b\"} * on (job, n) group_left () (m > 3)",
          "m and on (job) m{n=\"1\"} or m unless m{job=\"c\"}",
          "rate(m[5m]) + increase(m[5m]) - irate(m[5m])",
          "sum by (job) (rate(m[5m] anchored))",
          "avg without (n) (m) / count(m)",
          "topk(2, m)",
          "quantile(0.5, m)",
          "max_over_time(m[5m:1m] @ 600)",
          "histogram_quantile(0.9, b_bucket)",
          "histogram_quantile(0.9, rate(h[5m]))",
          "histogram_avg(sum(h)) + histogram_count(c)",
          "label_replace(m, \"x\", \"$1\", \"job\", \"(.*)\")",
          "sort_desc(abs(m)) > bool 3",
          "absent(nothing)",
          "time() + vector(1)",
          "\"text\"",
          "scalar(m{n=\"2\"})");

  private TrainingScript() {}

  static String text() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < TIMES; i++) {
      script.append(LOAD);
      for (String expression : EXPRESSIONS) {
        script.append("eval instant at 10m ").append(expression);
        script.append("\n  expect no_warn\n  {job=\"a\"} 1\n\neval range from 0 to 10m step 1m ");
        script.append(expression).append("\n  {job=\"a\"} 1 2 3\n\n");
      }
      script.append("eval instant at 10m sum(m\n  expect fail msg: other\n\nclear\n\n");
    }
    return script.toString();
  }
}

package io.narthex.tool.query;

import io.narthex.model.labels.Labels;
import io.narthex.model.time.GoDuration;
import io.narthex.tool.JsonTree;
import io.narthex.tool.Output;
import io.narthex.tool.ToolException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code query analyze}: how many buckets of histograms are in use over a time. */
public final class BucketUsage {
  private static final String HEADER =
      """
      Bucket stats for each histogram series over time
      ------------------------------------------------
      First the min, avg, and max number of populated buckets, followed by the total
      number of buckets (only if different from the max number of populated buckets
      which is typical for classic but not native histograms).
      """;

  private static final String FOOTER =
      """

      Aggregated bucket stats
      -----------------------
      Each line shows min/avg/max over the series above.
      """;

  private static final String BOUND = "le";

  private final ServerApi server;
  private final String window;
  private final QueryTime end;
  private final BucketTotals ofNative = new BucketTotals("Native");
  private final BucketTotals ofClassic = new BucketTotals("Classic");

  /**
   * @param windowNanos how long before the end to look
   */
  public BucketUsage(ServerApi server, long windowNanos, QueryTime end) {
    this.server = server;
    this.window = "[" + GoDuration.format(windowNanos) + "]";
    this.end = end;
  }

  /**
   * @param selectors of native histograms, or of the buckets of classic ones
   */
  public void print(List<String> selectors, Output out) {
    out.line(HEADER);
    for (String selector : selectors) {
      Parameters parameters =
          new Parameters().add("query", selector + window).add("time", end.parameter());
      Map<String, Object> answer = JsonTree.object(server.post("/api/v1/query", parameters).data());
      if (!"matrix".equals(answer.get("resultType"))) {
        throw new ToolException("query of buckets resulted in non-Matrix");
      }
      usages(JsonTree.list(answer.get("result")), out);
    }
    out.text(FOOTER);
    ofNative.print(out);
    ofClassic.print(out);
  }

  private void usages(List<Object> result, Output out) {
    Map<String, List<Bucket>> classic = new LinkedHashMap<>();
    for (Object json : result) {
      Map<String, Object> series = JsonTree.object(json);
      Metric metric = Metric.of(series.get("metric"));
      List<Object> values = JsonTree.list(series.get("values"));
      String name = metric.get(Labels.METRIC_NAME);
      if (values.isEmpty()) {
        usage(JsonTree.list(series.get("histograms")))
            .ifPresent(
                usage -> {
                  out.line("- " + metric.text() + " (native): " + usage);
                  ofNative.add(usage);
                });
      } else if (metric.labels().containsKey(BOUND) && name.endsWith("_bucket")) {
        String key = name + metric.without(Labels.METRIC_NAME).without(BOUND).setText();
        classic.computeIfAbsent(key, _ -> new ArrayList<>()).add(Bucket.of(metric, values));
      }
    }
    classic.forEach(
        (name, buckets) ->
            classicUsage(buckets)
                .ifPresent(
                    usage -> {
                      out.line("- " + name + " (classic): " + usage);
                      ofClassic.add(usage);
                    }));
  }

  /** The counts of one bucket of a classic histogram over time. */
  private record Bucket(double bound, double[] times, double[] counts) {
    static Bucket of(Metric metric, List<Object> values) {
      double[] times = new double[values.size()];
      double[] counts = new double[values.size()];
      for (int i = 0; i < times.length; i++) {
        List<Object> pair = ResultPrinter.pair(values.get(i));
        times[i] = pair.get(0) instanceof Number number ? number.doubleValue() : 0;
        counts[i] = ResultPrinter.number(pair.get(1));
      }
      return new Bucket(bound(metric.get(BOUND)), times, counts);
    }

    private static double bound(String text) {
      try {
        return ResultPrinter.number(text);
      } catch (ToolException e) {
        return 0;
      }
    }
  }

  /** Empty where there are less than two samples. */
  private static Optional<BucketCount> usage(List<Object> histograms) {
    if (histograms.size() < 2) {
      return Optional.empty();
    }
    Set<List<Object>> all = new HashSet<>();
    int[] populated = new int[histograms.size()];
    for (int i = 0; i < populated.length; i++) {
      Map<String, Object> histogram = JsonTree.object(ResultPrinter.pair(histograms.get(i)).get(1));
      List<List<Object>> buckets = ResultPrinter.buckets(histogram);
      buckets.forEach(bucket -> all.add(bucket.subList(0, 3)));
      populated[i] = buckets.size();
    }
    return Optional.of(BucketCount.of(populated, all.size()));
  }

  private static Optional<BucketCount> classicUsage(List<Bucket> buckets) {
    int samples = buckets.getFirst().times().length;
    if (samples < 2) {
      return Optional.empty();
    }
    List<Bucket> sorted = new ArrayList<>(buckets);
    sorted.sort(Comparator.comparingDouble(Bucket::bound));
    int[] populated = new int[samples];
    for (int i = 0; i < samples; i++) {
      populated[i] = populated(sorted, i);
    }
    return Optional.of(BucketCount.of(populated, buckets.size()));
  }

  /**
   * How many buckets have counts of their own; those behind one that lacks the sample have none.
   */
  private static int populated(List<Bucket> buckets, int sample) {
    int populated = 0;
    for (int b = 0; b < buckets.size(); b++) {
      Bucket bucket = buckets.get(b);
      if (sample >= bucket.times().length) {
        return populated;
      }
      double below = 0;
      if (b > 0) {
        Bucket before = buckets.get(b - 1);
        if (before.times()[sample] != bucket.times()[sample]) {
          throw new ToolException("matrix result is not time aligned");
        }
        below = before.counts()[sample];
      }
      populated += (long) (bucket.counts()[sample] - below) == 0 ? 0 : 1;
    }
    return populated;
  }
}

package io.narthex.tool.query;

import io.narthex.tool.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The answer of {@code /api/v1/query_explain} for people: the operators as a tree, what each is
 * expected to do or did, and below it what there is to say about the query.
 */
public final class ExplainText {
  private static final int WIDEST = 100;

  private final Map<String, Object> data;
  private final List<String> labels = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param data of the answer
   */
  public ExplainText(Object data) {
    this.data = JsonTree.object(data);
  }

  /** Lines without their ends. */
  public List<String> lines() {
    if (data.containsKey("plan")) {
      operator(JsonTree.object(data.get("plan")), "", "");
    }
    int width =
        labels.stream().mapToInt(ExplainText::width).filter(n -> n <= WIDEST).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      String padding = " ".repeat(Math.max(0, width - width(label)));
      lines.add((label + padding + "   " + notes.get(i)).stripTrailing());
    }
    for (Object hint : JsonTree.list(data.get("hints"))) {
      Map<String, Object> fields = JsonTree.object(hint);
      lines.add("hint at " + JsonTree.text(fields, "at") + ": " + JsonTree.text(fields, "text"));
    }
    if (data.containsKey("stats")) {
      lines.add(total(JsonTree.object(data.get("stats"))));
    }
    return lines;
  }

  /** Why the query failed while it was analyzed; empty where it did not. */
  public String error() {
    return JsonTree.text(data, "error");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private void operator(Map<String, Object> operator, String first, String rest) {
    String text = JsonTree.text(operator, "text").replaceAll("\\s+", " ");
    labels.add(first + JsonTree.text(operator, "operator") + "  " + text);
    notes.add(
        operator.containsKey("actual")
            ? actual(JsonTree.object(operator.get("actual")))
            : estimate(JsonTree.object(operator.get("estimated"))));
    List<Object> inputs = JsonTree.list(operator.get("inputs"));
    for (int i = 0; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      Map<String, Object> input = JsonTree.object(inputs.get(i));
      operator(input, rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
    }
  }

  private static String estimate(Map<String, Object> estimate) {
    if (!estimate.containsKey("series")) {
      return "";
    }
    String most = Boolean.TRUE.equals(estimate.get("exact")) ? "" : "at most ";
    String series = most + count(estimate, "series", "series");
    return estimate.containsKey("samples")
        ? series + ", about " + count(estimate, "samples", "samples")
        : series;
  }

  private static String actual(Map<String, Object> actual) {
    List<String> parts = new ArrayList<>();
    parts.add(count(actual, "seriesOut", "series"));
    parts.add(count(actual, "samplesOut", "samples"));
    if (JsonTree.number(actual, "samplesDecoded") > 0) {
      parts.add(
          "of "
              + count(actual, "samplesDecoded", "decoded")
              + " from "
              + count(actual, "chunksDecoded", "chunks"));
    }
    parts.add(
        seconds(JsonTree.number(actual, "wallSeconds"))
            + " (CPU "
            + seconds(JsonTree.number(actual, "cpuSeconds"))
            + ")");
    if (JsonTree.number(actual, "heldBytes") > 0) {
      parts.add("held " + count(actual, "heldBytes", "bytes"));
    }
    if (JsonTree.number(actual, "cacheHits") > 0) {
      parts.add(count(actual, "cacheHits", "shared look-ups"));
    }
    return String.join(", ", parts);
  }

  private static String total(Map<String, Object> stats) {
    Map<String, Object> samples = JsonTree.object(stats.get("samples"));
    Map<String, Object> timings = JsonTree.object(stats.get("timings"));
    return "total: "
        + count(samples, "totalQueryableSamples", "samples")
        + ", at most "
        + count(samples, "peakSamples", "at once")
        + ", "
        + seconds(JsonTree.number(timings, "execTotalTime"));
  }

  private static String count(Map<String, Object> fields, String name, String what) {
    return String.format(Locale.ROOT, "%,d %s", (long) JsonTree.number(fields, name), what);
  }

  private static String seconds(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.2f ms", seconds * 1e3)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }
}

package io.narthex.tool.query;

import io.narthex.model.value.GoFloat;
import io.narthex.tool.JsonTree;
import io.narthex.tool.Output;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Lines for people: {@code up{job="node"} => 1 @[1700000000]}. */
public final class ResultText implements ResultPrinter {
  private final Output out;

  public ResultText(Output out) {
    this.out = out;
  }

  @Override
  public void value(Object data) {
    Map<String, Object> fields = JsonTree.object(data);
    String type = JsonTree.text(fields, "resultType");
    List<Object> result = JsonTree.list(fields.get("result"));
    switch (type) {
      case "scalar" -> {
        List<Object> pair = ResultPrinter.pair(result);
        out.line(
            "scalar: "
                + ResultPrinter.plain(pair.get(1))
                + " @["
                + ResultPrinter.time(pair.get(0))
                + "]");
      }
      case "string" -> out.line(String.valueOf(ResultPrinter.pair(result).get(1)));
      case "vector" -> lines(result.stream().map(ResultText::sample).toList());
      case "matrix" ->
          lines(
              result.stream()
                  .map(JsonTree::object)
                  .sorted(Comparator.comparing(series -> Metric.of(series.get("metric"))))
                  .map(ResultText::stream)
                  .toList());
      default -> throw ResultPrinter.unexpected(type);
    }
  }

  /** An empty line where there are none. */
  private void lines(List<String> lines) {
    if (lines.isEmpty()) {
      out.line("");
    }
    lines.forEach(out::line);
  }

  private static String sample(Object json) {
    Map<String, Object> sample = JsonTree.object(json);
    boolean isHistogram = sample.containsKey("histogram");
    return Metric.of(sample.get("metric")).text()
        + " => "
        + (isHistogram ? histogram(sample.get("histogram")) : number(sample.get("value")));
  }

  private static String stream(Map<String, Object> series) {
    StringJoiner text = new StringJoiner("\n");
    for (Object value : JsonTree.list(series.get("values"))) {
      text.add(number(value));
    }
    for (Object value : JsonTree.list(series.get("histograms"))) {
      text.add(histogram(value));
    }
    return Metric.of(series.get("metric")).text() + " =>\n" + text;
  }

  private static String number(Object json) {
    List<Object> pair = ResultPrinter.pair(json);
    return ResultPrinter.plain(pair.get(1)) + " @[" + ResultPrinter.time(pair.get(0)) + "]";
  }

  private static String histogram(Object json) {
    List<Object> pair = ResultPrinter.pair(json);
    Map<String, Object> histogram = JsonTree.object(pair.get(1));
    return "Count: "
        + GoFloat.fixed(ResultPrinter.number(histogram.get("count")), 6)
        + ", Sum: "
        + GoFloat.fixed(ResultPrinter.number(histogram.get("sum")), 6)
        + ", Buckets: "
        + ResultPrinter.buckets(histogram).stream()
            .map(ResultText::bucket)
            .collect(Collectors.joining(" ", "[", "]"))
        + " @["
        + ResultPrinter.time(pair.get(0))
        + "]";
  }

  private static String bucket(List<Object> bucket) {
    int boundaries = bucket.get(0) instanceof Number number ? number.intValue() : 0;
    return (boundaries == 1 || boundaries == 3 ? "[" : "(")
        + GoFloat.shortest(ResultPrinter.number(bucket.get(1)))
        + ","
        + GoFloat.shortest(ResultPrinter.number(bucket.get(2)))
        + (boundaries == 0 || boundaries == 3 ? "]" : ")")
        + ":"
        + ResultPrinter.plain(bucket.get(3));
  }

  @Override
  public void series(Object data) {
    JsonTree.list(data).forEach(set -> out.line(Metric.of(set).setText()));
  }

  @Override
  public void labelValues(Object data) {
    JsonTree.list(data).forEach(value -> out.line(String.valueOf(value)));
  }
}

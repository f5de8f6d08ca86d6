package io.narthex.tool.query;

import io.narthex.tool.GoJson;
import io.narthex.tool.JsonTree;
import io.narthex.tool.Output;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One line of JSON: the result alone, numbers in full. */
public final class ResultJson implements ResultPrinter {
  private final Output out;

  public ResultJson(Output out) {
    this.out = out;
  }

  @Override
  public void value(Object data) {
    Map<String, Object> fields = JsonTree.object(data);
    String type = JsonTree.text(fields, "resultType");
    Object result = fields.get("result");
    switch (type) {
      case "scalar" -> number(result);
      case "string" -> string(ResultPrinter.pair(result));
      case "vector" -> array(JsonTree.list(result), this::sample);
      case "matrix" -> array(JsonTree.list(result), this::stream);
      default -> throw ResultPrinter.unexpected(type);
    }
    out.character('\n');
  }

  private void string(List<Object> pair) {
    out.character('[').text(ResultPrinter.time(pair.get(0))).character(',');
    quotedText(String.valueOf(pair.get(1)));
    out.character(']');
  }

  private void quotedText(String value) {
    StringBuilder text = new StringBuilder();
    GoJson.quote(text, value);
    out.text(text.toString());
  }

  private <T> void array(List<T> items, Consumer<T> print) {
    out.character('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.character(',');
      }
      print.accept(items.get(i));
    }
    out.character(']');
  }

  private void sample(Object json) {
    Map<String, Object> sample = JsonTree.object(json);
    out.text("{\"metric\":");
    labels(sample.get("metric"));
    if (sample.containsKey("histogram")) {
      out.text(",\"histogram\":");
      histogram(sample.get("histogram"));
    } else {
      out.text(",\"value\":");
      number(sample.get("value"));
    }
    out.character('}');
  }

  private void stream(Object json) {
    Map<String, Object> series = JsonTree.object(json);
    out.text("{\"metric\":");
    labels(series.get("metric"));
    List<Object> values = JsonTree.list(series.get("values"));
    List<Object> histograms = JsonTree.list(series.get("histograms"));
    if (!values.isEmpty()) {
      out.text(",\"values\":");
      array(values, this::number);
    }
    if (!histograms.isEmpty()) {
      out.text(",\"histograms\":");
      array(histograms, this::histogram);
    }
    if (values.isEmpty() && histograms.isEmpty()) {
      out.text(",\"values\":null");
    }
    out.character('}');
  }

  private void number(@Nullable Object json) {
    List<Object> pair = ResultPrinter.pair(json);
    out.character('[').text(ResultPrinter.time(pair.get(0))).character(',');
    quoted(pair.get(1));
    out.character(']');
  }

  private void histogram(@Nullable Object json) {
    List<Object> pair = ResultPrinter.pair(json);
    Map<String, Object> histogram = JsonTree.object(pair.get(1));
    out.character('[').text(ResultPrinter.time(pair.get(0))).text(",{\"count\":");
    quoted(histogram.get("count"));
    out.text(",\"sum\":");
    quoted(histogram.get("sum"));
    out.text(",\"buckets\":");
    List<List<Object>> buckets = ResultPrinter.buckets(histogram);
    if (buckets.isEmpty()) {
      out.text("null");
    } else {
      array(buckets, this::bucket);
    }
    out.text("}]");
  }

  private void bucket(List<Object> bucket) {
    out.character('[').text(String.valueOf(bucket.get(0)));
    for (Object number : bucket.subList(1, 4)) {
      out.character(',');
      quoted(number);
    }
    out.character(']');
  }

  private void quoted(@Nullable Object number) {
    out.character('"').text(ResultPrinter.plain(number)).character('"');
  }

  @Override
  public void series(Object data) {
    array(JsonTree.list(data), this::labels);
    out.character('\n');
  }

  private void labels(@Nullable Object json) {
    StringBuilder text = new StringBuilder("{");
    Metric.of(json)
        .labels()
        .forEach(
            (name, value) -> {
              text.append(text.length() == 1 ? "" : ",");
              GoJson.quote(text, name);
              GoJson.quote(text.append(':'), value);
            });
    out.text(text.append('}').toString());
  }

  @Override
  public void labelValues(Object data) {
    array(JsonTree.list(data), value -> quotedText(String.valueOf(value)));
    out.character('\n');
  }
}

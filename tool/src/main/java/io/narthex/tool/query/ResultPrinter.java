package io.narthex.tool.query;

import io.narthex.model.value.GoFloat;
import io.narthex.model.value.GoFloatParser;
import io.narthex.tool.JsonTree;
import io.narthex.tool.ToolException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what a server answers. */
public sealed interface ResultPrinter permits ResultText, ResultJson {
  /**
   * The result of a query.
   *
   * @throws ToolException where it is of a type that nothing is known of
   */
  void value(Object data);

  /** Label sets. */
  void series(Object data);

  /** Values of a label. */
  void labelValues(Object data);

  static ToolException unexpected(String type) {
    return new ToolException("unexpected value type \"" + type + "\"");
  }

  /** A number of an answer, which is a text there. */
  static double number(@Nullable Object text) {
    try {
      return GoFloatParser.parse(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw new ToolException("bad_response: " + e.getMessage(), e);
    }
  }

  /** A number in full, without an exponent. */
  static String plain(@Nullable Object text) {
    return GoFloat.plain(number(text));
  }

  /** Seconds with as many decimals as needed. */
  static String time(@Nullable Object number) {
    return GoFloat.plain(number instanceof Number seconds ? seconds.doubleValue() : 0);
  }

  /** The two parts of a sample. */
  static List<Object> pair(@Nullable Object json) {
    List<Object> pair = JsonTree.list(json);
    if (pair.size() != 2) {
      throw new ToolException("bad_response: a sample must be [time, value]");
    }
    return pair;
  }

  /** The buckets of a histogram, each of {@code [boundaries, lower, upper, count]}. */
  static List<List<Object>> buckets(Map<String, Object> histogram) {
    List<List<Object>> buckets =
        JsonTree.list(histogram.get("buckets")).stream().map(JsonTree::list).toList();
    if (buckets.stream().anyMatch(bucket -> bucket.size() != 4)) {
      throw new ToolException("bad_response: a bucket must be [boundaries, lower, upper, count]");
    }
    return buckets;
  }
}

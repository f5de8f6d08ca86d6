package io.narthex.it.differential;

import io.narthex.it.process.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A query's answer in a form that can be compared: label sets and their (time, value) pairs. Values
 * are equal where they are within 1e-10 of each other in proportion: the order of floating-point
 * additions over series is not defined.
 */
public record Answer(
    String type, List<String> order, Map<String, List<Point>> series, boolean ordered) {
  private static final double TOLERANCE = 1e-10;

  /**
   * @param value a number, or those of a histogram with spaces between: count, sum, buckets
   */
  public record Point(double time, String value) {
    /**
     * @param slack by how much numbers may be apart in any case
     */
    public boolean isSame(Point other, double slack) {
      if (time != other.time) {
        return false;
      }
      if (value.equals(other.value)) {
        return true;
      }
      String[] mine = value.split(" ");
      String[] others = other.value.split(" ");
      if (mine.length != others.length) {
        return false;
      }
      for (int i = 0; i < mine.length; i++) {
        if (!mine[i].equals(others[i]) && !isClose(number(mine[i]), number(others[i]), slack)) {
          return false;
        }
      }
      return true;
    }

    private static boolean isClose(double a, double b, double slack) {
      return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
          || Math.abs(a - b) < slack;
    }

    private static double number(String text) {
      return switch (text) {
        case "+Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> {
          try {
            yield Double.parseDouble(text);
          } catch (NumberFormatException e) {
            yield Double.NaN;
          }
        }
      };
    }
  }

  public static Answer of(Object data, boolean ordered) {
    String type = (String) Json.at(data, "resultType");
    Map<String, List<Point>> series = new TreeMap<>();
    List<String> order = new ArrayList<>();
    List<Object> result = Json.list(Json.at(data, "result"));
    switch (type) {
      case "scalar", "string" -> series.put("", List.of(point(result)));
      case "vector", "matrix" -> {
        for (Object element : result) {
          Map<String, Object> fields = Json.object(element);
          String labels = new TreeMap<>(Json.object(fields.get("metric"))).toString();
          if (series.put(labels, points(fields)) != null) {
            throw new AssertionError("series twice in one answer: " + labels);
          }
          order.add(labels);
        }
      }
      default -> throw new AssertionError("unknown result type " + type);
    }
    return new Answer(type, order, series, ordered && type.equals("vector"));
  }

  /** The first difference, told from the side of this answer, which is the expected one. */
  public Optional<String> differenceTo(Answer actual) {
    return differenceTo(actual, 1e-12);
  }

  /**
   * The same.
   *
   * @param slack by how much numbers may be apart in any case, as where large ones were subtracted
   */
  public Optional<String> differenceTo(Answer actual, double slack) {
    if (!type.equals(actual.type)) {
      return Optional.of("type " + actual.type + ", expected " + type);
    }
    if (!series.keySet().equals(actual.series.keySet())) {
      return Optional.of("series " + actual.series.keySet() + ", expected " + series.keySet());
    }
    if (ordered && !order.equals(actual.order)) {
      return Optional.of("order " + actual.order + ", expected " + order);
    }
    for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
      List<Point> expected = entry.getValue();
      List<Point> got = actual.series.get(entry.getKey());
      if (expected.size() != got.size()) {
        return Optional.of(
            entry.getKey() + " has " + got.size() + " points, expected " + expected.size());
      }
      for (int i = 0; i < expected.size(); i++) {
        if (!expected.get(i).isSame(got.get(i), slack)) {
          return Optional.of(
              entry.getKey() + " has " + got.get(i) + ", expected " + expected.get(i));
        }
      }
    }
    return Optional.empty();
  }

  /** In the order of time; where there are numbers and histograms, numbers first. */
  private static List<Point> points(Map<String, Object> fields) {
    List<Point> points = new ArrayList<>();
    for (String one : List.of("value", "histogram")) {
      if (fields.containsKey(one)) {
        points.add(point(Json.list(fields.get(one))));
      }
      if (fields.containsKey(one + "s")) {
        Json.list(fields.get(one + "s")).forEach(pair -> points.add(point(Json.list(pair))));
      }
    }
    return points;
  }

  private static Point point(List<Object> pair) {
    double time = (Double) pair.get(0);
    return pair.get(1) instanceof String number
        ? new Point(time, number)
        : new Point(time, histogram(Json.object(pair.get(1))));
  }

  private static String histogram(Map<String, Object> fields) {
    StringBuilder out = new StringBuilder();
    out.append(fields.get("count")).append(' ').append(fields.get("sum"));
    if (fields.containsKey("buckets")) {
      for (Object bucket : Json.list(fields.get("buckets"))) {
        Json.list(bucket).forEach(part -> out.append(' ').append(part));
      }
    }
    return out.toString();
  }
}

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

  public record Point(double time, String value) {
    public boolean isSame(Point other) {
      if (time != other.time) {
        return false;
      }
      if (value.equals(other.value)) {
        return true;
      }
      double a = number(value);
      double b = number(other.value);
      return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
          || Math.abs(a - b) < 1e-12;
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
          List<Point> points = new ArrayList<>();
          if (fields.containsKey("value")) {
            points.add(point(Json.list(fields.get("value"))));
          } else {
            Json.list(fields.get("values")).forEach(pair -> points.add(point(Json.list(pair))));
          }
          if (series.put(labels, points) != null) {
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
        if (!expected.get(i).isSame(got.get(i))) {
          return Optional.of(
              entry.getKey() + " has " + got.get(i) + ", expected " + expected.get(i));
        }
      }
    }
    return Optional.empty();
  }

  private static Point point(List<Object> pair) {
    return new Point((Double) pair.get(0), (String) pair.get(1));
  }
}

package io.narthex.http.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which handler answers which method and path. Filled before the server starts.
 *
 * <p>A pattern is a path whose segments may be {@code :name}, which stands for one segment, and
 * whose last may be {@code *name}, which stands for the rest of the path. Exact paths win over
 * patterns; among patterns the first one that was added wins. Paths are compared after percent
 * escapes are undone.
 */
public final class Router {
  /** A route that fits a path, with what its parameters stand for. */
  record Match(Route route, Map<String, String> pathParameters) {}

  /** One pattern and its handlers by method; the label names it in metrics. */
  record Route(String label, String[] segments, Map<String, RequestHandler> handlers) {}

  private final String prefix;
  private final Map<String, Route> exact = new LinkedHashMap<>();
  private final List<Route> patterns = new ArrayList<>();

  /**
   * @param prefix what all paths begin with, without a slash at its end; empty for none
   */
  public Router(String prefix) {
    if (prefix.endsWith("/") || !prefix.isEmpty() && prefix.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "route prefix \"" + prefix + "\" must start with a slash and not end with one");
    }
    this.prefix = prefix;
  }

  public void get(String pattern, RequestHandler handler) {
    add("GET", pattern, handler);
  }

  public void post(String pattern, RequestHandler handler) {
    add("POST", pattern, handler);
  }

  /** Adds a handler for a method and a pattern below the prefix. */
  public void add(String method, String pattern, RequestHandler handler) {
    addAbsolute(method, pattern, prefix + pattern, handler);
  }

  /** Adds a handler for an exact path that the prefix does not apply to. */
  public void addOutsidePrefix(String method, String path, RequestHandler handler) {
    addAbsolute(method, path, path, handler);
  }

  private void addAbsolute(String method, String label, String path, RequestHandler handler) {
    Route route = route(label, path);
    if (route.handlers().putIfAbsent(method, handler) != null) {
      throw new IllegalStateException("BUG: route " + method + " " + path + " is added twice");
    }
  }

  private Route route(String label, String path) {
    if (path.indexOf(':') < 0 && path.indexOf('*') < 0) {
      return exact.computeIfAbsent(
          path, p -> new Route(label, new String[0], new LinkedHashMap<>()));
    }
    for (Route route : patterns) {
      if (route.label().equals(label)) {
        return route;
      }
    }
    Route route = new Route(label, path.substring(1).split("/", -1), new LinkedHashMap<>());
    patterns.add(route);
    return route;
  }

  /** The labels of all routes. */
  SortedSet<String> labels() {
    SortedSet<String> labels = new TreeSet<>();
    exact.values().forEach(route -> labels.add(route.label()));
    patterns.forEach(route -> labels.add(route.label()));
    return labels;
  }

  /** The route of a path that has a handler for the method. */
  Optional<Match> find(String method, String path) {
    Route route = exact.get(path);
    if (route != null && route.handlers().containsKey(method)) {
      return Optional.of(new Match(route, Map.of()));
    }
    for (Route pattern : patterns) {
      if (pattern.handlers().containsKey(method)) {
        Optional<Match> match = match(pattern, path);
        if (match.isPresent()) {
          return match;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The methods that some route answers for this path, sorted; OPTIONS is always one of them if
   * there are any.
   */
  SortedSet<String> methods(String path) {
    SortedSet<String> methods = new TreeSet<>();
    Route route = exact.get(path);
    if (route != null) {
      methods.addAll(route.handlers().keySet());
    }
    for (Route pattern : patterns) {
      if (match(pattern, path).isPresent()) {
        methods.addAll(pattern.handlers().keySet());
      }
    }
    methods.remove("OPTIONS");
    if (!methods.isEmpty()) {
      methods.add("OPTIONS");
    }
    return methods;
  }

  private static Optional<Match> match(Route route, String path) {
    String[] wanted = route.segments();
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = 1;
    for (String segment : wanted) {
      if (segment.startsWith("*")) {
        if (at > path.length()) {
          return Optional.empty();
        }
        parameters.put(segment.substring(1), path.substring(at - 1));
        return Optional.of(new Match(route, parameters));
      }
      if (at > path.length()) {
        return Optional.empty();
      }
      int end = path.indexOf('/', at);
      String given = path.substring(at, end < 0 ? path.length() : end);
      if (segment.startsWith(":") && !given.isEmpty()) {
        parameters.put(segment.substring(1), given);
      } else if (!segment.equals(given)) {
        return Optional.empty();
      }
      at += given.length() + 1;
    }
    return at > path.length() ? Optional.of(new Match(route, parameters)) : Optional.empty();
  }
}

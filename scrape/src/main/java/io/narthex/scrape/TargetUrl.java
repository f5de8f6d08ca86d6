package io.narthex.scrape;

import io.narthex.model.labels.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds a target's URL from its labels and the job's parameters, escaped as Go escapes it. */
final class TargetUrl {
  private static final String HEX = "0123456789ABCDEF";

  private TargetUrl() {}

  static String of(Labels labels, Map<String, List<String>> configParams) {
    String host = labels.get(Target.ADDRESS);
    if (host.isEmpty() && labels.has(Target.UNIX_SOCKET)) {
      host = "localhost";
    }
    StringBuilder out = new StringBuilder(64);
    String scheme = labels.get(Target.SCHEME);
    if (!scheme.isEmpty()) {
      out.append(scheme).append(':');
    }
    out.append("//").append(host);
    String path = labels.get(Target.METRICS_PATH);
    if (!path.isEmpty() && path.charAt(0) != '/') {
      out.append('/');
    }
    escape(out, path, true);
    String query = query(params(labels, configParams));
    if (!query.isEmpty()) {
      out.append('?').append(query);
    }
    return out.toString();
  }

  /** The job's parameters; a {@code __param_x} label takes the place of the first value of x. */
  private static SortedMap<String, List<String>> params(
      Labels labels, Map<String, List<String>> configParams) {
    SortedMap<String, List<String>> params = new TreeMap<>();
    configParams.forEach((name, values) -> params.put(name, new ArrayList<>(values)));
    for (int i = 0; i < labels.size(); i++) {
      if (labels.name(i).startsWith(Target.PARAM_PREFIX)) {
        List<String> values =
            params.computeIfAbsent(
                labels.name(i).substring(Target.PARAM_PREFIX.length()), k -> new ArrayList<>());
        if (values.isEmpty()) {
          values.add(labels.value(i));
        } else {
          values.set(0, labels.value(i));
        }
      }
    }
    return params;
  }

  private static String query(SortedMap<String, List<String>> params) {
    StringBuilder out = new StringBuilder();
    params.forEach(
        (name, values) -> {
          for (String value : values) {
            if (!out.isEmpty()) {
              out.append('&');
            }
            escape(out, name, false);
            out.append('=');
            escape(out, value, false);
          }
        });
    return out.toString();
  }

  private static void escape(StringBuilder out, String text, boolean path) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || (path && "$&+,/:;=@".indexOf(c) >= 0)) {
        out.append(c);
      } else if (c == ' ' && !path) {
        out.append('+');
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '~';
  }
}

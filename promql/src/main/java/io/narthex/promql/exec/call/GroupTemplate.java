package io.narthex.promql.exec.call;

import com.google.re2j.Matcher;

/**
 * Fills {@code $1}, {@code ${1}}, {@code $name} and {@code ${name}} with what groups matched, as
 * Go's {@code Regexp.Expand} does: names are as long as possible, unknown ones are empty, {@code
 * $$} is a dollar, and a dollar without a name stays.
 */
final class GroupTemplate {
  private GroupTemplate() {}

  static String expand(String template, Matcher match) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < template.length()) {
      int dollar = template.indexOf('$', i);
      if (dollar < 0 || dollar + 1 == template.length()) {
        return out.append(template, i, template.length()).toString();
      }
      out.append(template, i, dollar);
      if (template.charAt(dollar + 1) == '$') {
        out.append('$');
        i = dollar + 2;
        continue;
      }
      boolean braced = template.charAt(dollar + 1) == '{';
      int start = dollar + (braced ? 2 : 1);
      int end = start;
      while (end < template.length() && isNamePart(template.charAt(end))) {
        end++;
      }
      boolean closed = !braced || (end < template.length() && template.charAt(end) == '}');
      if (end == start || !closed) {
        out.append('$');
        i = dollar + 1;
        continue;
      }
      append(out, template.substring(start, end), match);
      i = braced ? end + 1 : end;
    }
    return out.toString();
  }

  private static boolean isNamePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static void append(StringBuilder out, String name, Matcher match) {
    String value = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int group = name.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(name);
      value = group <= match.groupCount() ? match.group(group) : null;
    } else {
      try {
        value = match.group(name);
      } catch (IllegalArgumentException e) {
        value = null; // no such group: empty
      }
    }
    out.append(value == null ? "" : value);
  }
}

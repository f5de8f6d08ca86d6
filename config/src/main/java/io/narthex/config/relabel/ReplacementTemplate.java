package io.narthex.config.relabel;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A replacement such as {@code ${1}:$port}, split once into literals and group numbers.
 *
 * <p>Syntax as in Go's regexp.Expand: {@code $name} takes as many letters, digits and underscores
 * as follow, {@code ${name}} delimits, {@code $$} is a dollar sign, a dollar sign before anything
 * else stands for itself, and unknown groups are empty.
 */
final class ReplacementTemplate {
  private static final int UNKNOWN_GROUP = Integer.MAX_VALUE;

  private final List<String> literals = new ArrayList<>();
  private final int[] groups;
  private final boolean variable;

  /** literals.get(i) precedes groups[i]; the last literal follows the last group. */
  ReplacementTemplate(String text, Map<String, Integer> groupNames, int groupCount) {
    List<Integer> found = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$') {
        literal.append(c);
        at++;
      } else if (text.startsWith("$$", at)) {
        literal.append('$');
        at += 2;
      } else {
        int end = endOfVariable(text, at + 1);
        if (end < 0) {
          literal.append('$');
          at++;
        } else {
          boolean braces = text.charAt(at + 1) == '{';
          String name = text.substring(at + (braces ? 2 : 1), braces ? end - 1 : end);
          literals.add(literal.toString());
          literal.setLength(0);
          found.add(group(name, groupNames, groupCount));
          at = end;
        }
      }
    }
    literals.add(literal.toString());
    groups = found.stream().mapToInt(Integer::intValue).toArray();
    variable = groups.length > 0;
  }

  /** Whether the result depends on what matched. */
  boolean isVariable() {
    return variable;
  }

  /** The text where it does not depend on what matched. */
  String literal() {
    return literals.getFirst();
  }

  /** Whether it is nothing but one group, as the default {@code $1}. */
  boolean isGroup(int number) {
    return groups.length == 1
        && groups[0] == number
        && literals.get(0).isEmpty()
        && literals.get(1).isEmpty();
  }

  /** The text with the groups of a match filled in. */
  String expand(Matcher match) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      out.append(literals.get(i));
      if (groups[i] != UNKNOWN_GROUP) {
        String value = match.group(groups[i]);
        if (value != null) {
          out.append(value);
        }
      }
    }
    return out.append(literals.getLast()).toString();
  }

  /** The text for {@code (.*)}, where groups 0 and 1 are the whole input. */
  String expandWhole(String input) {
    if (isGroup(1) || isGroup(0)) {
      return input;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < groups.length; i++) {
      out.append(literals.get(i));
      if (groups[i] <= 1) {
        out.append(input);
      }
    }
    return out.append(literals.getLast()).toString();
  }

  /** Where the variable that starts here ends, or -1 where there is none. */
  private static int endOfVariable(String text, int start) {
    boolean braces = start < text.length() && text.charAt(start) == '{';
    int first = braces ? start + 1 : start;
    int at = first;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!Character.isLetterOrDigit(c) && c != '_') {
        break;
      }
      at += Character.charCount(c);
    }
    if (at == first) {
      return -1;
    }
    if (!braces) {
      return at;
    }
    return at < text.length() && text.charAt(at) == '}' ? at + 1 : -1;
  }

  private static int group(String name, Map<String, Integer> groupNames, int groupCount) {
    boolean number = name.length() <= 9 && (name.length() == 1 || name.charAt(0) != '0');
    for (int i = 0; i < name.length() && number; i++) {
      number = name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    if (number) {
      int group = Integer.parseInt(name);
      return group <= groupCount ? group : UNKNOWN_GROUP;
    }
    return groupNames.getOrDefault(name, UNKNOWN_GROUP);
  }
}

package io.narthex.promql.exec.call;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.narthex.model.labels.LabelName;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.RegexLimits;
import io.narthex.promql.QueryExecutionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How {@code label_replace} and {@code label_join} change a label set. */
public interface Relabeling {
  /** Longest value that is made, in characters. */
  int MAX_VALUE = 1 << 20;

  /** The label that is set. */
  String target();

  /** The changed label set, or the same where nothing is to be done. */
  Labels apply(Labels labels);

  /** {@code label_replace}: an anchored expression over one label fills a template. */
  static Relabeling replace(String target, String template, String source, String regex) {
    Pattern pattern;
    try {
      RegexLimits.check(regex);
      pattern = Pattern.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException | IllegalArgumentException e) {
      throw new QueryExecutionException(
          "invalid regular expression in label_replace(): " + regex, e);
    }
    if (!LabelName.isValidUtf8(target)) {
      throw new QueryExecutionException(
          "invalid destination label name in label_replace(): " + target);
    }
    return new Replace(target, template, source, pattern, new HashMap<>());
  }

  /** {@code label_join}: the values of several labels with a separator between. */
  static Relabeling join(String target, String separator, List<String> sources) {
    for (String source : sources) {
      if (!LabelName.isValidUtf8(source)) {
        throw new QueryExecutionException("invalid source label name in label_join(): " + source);
      }
    }
    if (!LabelName.isValidUtf8(target)) {
      throw new QueryExecutionException(
          "invalid destination label name in label_join(): " + target);
    }
    return new Join(target, separator, List.copyOf(sources));
  }

  private static String bounded(String function, String value) {
    checkLength(function, value.length());
    return value;
  }

  /** Calls within calls can make a value that fills all memory. */
  private static void checkLength(String function, int length) {
    if (length > MAX_VALUE) {
      throw new QueryExecutionException(
          function + "() makes a label value of more than " + MAX_VALUE + " characters");
    }
  }

  /**
   * @param known what each source value has become; empty for no match
   */
  record Replace(
      String target, String template, String source, Pattern pattern, Map<String, String[]> known)
      implements Relabeling {
    @Override
    public Labels apply(Labels labels) {
      String[] value = known.computeIfAbsent(labels.get(source), this::expand);
      if (value.length == 0) {
        return labels;
      }
      return labels.with(target, value[0]);
    }

    private String[] expand(String text) {
      Matcher matcher = pattern.matcher(text);
      return matcher.matches()
          ? new String[] {bounded("label_replace", GroupTemplate.expand(template, matcher))}
          : new String[0];
    }
  }

  record Join(String target, String separator, List<String> sources) implements Relabeling {
    @Override
    public Labels apply(Labels labels) {
      StringBuilder joined = new StringBuilder();
      for (int i = 0; i < sources.size(); i++) {
        joined.append(i == 0 ? "" : separator).append(labels.get(sources.get(i)));
        checkLength("label_join", joined.length());
      }
      return labels.with(target, joined.toString());
    }
  }
}

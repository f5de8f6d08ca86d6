package io.narthex.config;

import io.narthex.config.relabel.RelabelAction;
import io.narthex.config.relabel.RelabelConfig;
import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.model.labels.GoQuote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of a relabeling rule and Prometheus' checks of them. */
final class RelabelSection {
  static final Section RULE =
      Section.named("relabel.plain")
          .flowList("source_labels", Scalar.LABEL_NAME)
          .text("separator")
          .initially(RelabelConfig.DEFAULT_SEPARATOR)
          .shown()
          .regex("regex")
          .initially(RelabelConfig.DEFAULT_REGEX)
          .count("modulus")
          .text("target_label")
          .text("replacement")
          .initially(RelabelConfig.DEFAULT_REPLACEMENT)
          .shown()
          .caselessChoice(
              "action",
              "unknown relabel action %q",
              Arrays.stream(RelabelAction.values()).map(RelabelAction::text).toList())
          .initially("replace");

  private static final Pattern LEGACY_TARGET =
      Pattern.compile("(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+");
  private static final Set<String> NEED_TARGET =
      Set.of("replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal");
  private static final Set<String> NO_REPLACEMENT =
      Set.of("lowercase", "uppercase", "keepequal", "dropequal");

  private RelabelSection() {}

  /** Refuses rules that are empty in the file. */
  static void refuseEmpty(Values values, String key, String message) {
    List<@Nullable Values> rules = values.sections(key);
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i) == null) {
        values.refuseEntry(key, i, message);
      }
    }
  }

  static void checkAll(Values values, String key, NameValidation names) {
    for (Values rule : values.sections(key)) {
      if (rule != null) {
        check(rule, names);
      }
    }
  }

  static List<RelabelConfig> readAll(Values values, String key) {
    List<RelabelConfig> rules = new ArrayList<>();
    for (Values rule : values.sections(key)) {
      if (rule != null) {
        rules.add(read(rule));
      }
    }
    return rules;
  }

  private static RelabelConfig read(Values rule) {
    return new RelabelConfig(
        rule.texts("source_labels"),
        rule.text("separator"),
        rule.text("regex"),
        rule.number("modulus"),
        rule.text("target_label"),
        rule.text("replacement"),
        RelabelAction.parse(rule.text("action")).orElse(RelabelAction.REPLACE));
  }

  static void check(Values rule, NameValidation names) {
    String action = rule.text("action");
    String target = rule.text("target_label");
    if (action.isEmpty()) {
      rule.refuse("action", "relabel action cannot be empty");
    }
    if (action.equals("hashmod") && rule.number("modulus") == 0) {
      rule.refuse("modulus", "relabel configuration for hashmod requires non-zero modulus");
    }
    if (NEED_TARGET.contains(action) && target.isEmpty()) {
      rule.refuse(
          "target_label",
          "relabel configuration for " + action + " action requires 'target_label' value");
    } else if (NEED_TARGET.contains(action) && !targetAllowed(action, target, names)) {
      rule.refuse(
          "target_label",
          GoQuote.quote(target) + " is invalid 'target_label' for " + action + " action");
    }
    String replacement = rule.text("replacement");
    if (NO_REPLACEMENT.contains(action) && !replacement.equals(RelabelConfig.DEFAULT_REPLACEMENT)) {
      rule.refuse("replacement", "'replacement' can not be set for " + action + " action");
    }
    if (action.equals("labelmap") && !validWithVariables(replacement, names)) {
      rule.refuse(
          "replacement",
          GoQuote.quote(replacement) + " is invalid 'replacement' for " + action + " action");
    }
    checkOtherKeys(rule, action);
  }

  private static boolean targetAllowed(String action, String target, NameValidation names) {
    return action.equals("replace") && target.contains("$")
        ? validWithVariables(target, names)
        : names.acceptsLabelName(target);
  }

  private static boolean validWithVariables(String text, NameValidation names) {
    return names == NameValidation.UTF8
        ? names.acceptsLabelName(text)
        : LEGACY_TARGET.matcher(text).matches();
  }

  private static void checkOtherKeys(Values rule, String action) {
    boolean others =
        rule.number("modulus") != 0
            || !rule.text("separator").equals(RelabelConfig.DEFAULT_SEPARATOR)
            || !rule.text("replacement").equals(RelabelConfig.DEFAULT_REPLACEMENT);
    boolean equal = action.equals("dropequal") || action.equals("keepequal");
    if (equal && (others || rule.isSet("regex"))) {
      rule.refuse(
          action + " action requires only 'source_labels' and `target_label`, and no other fields");
    }
    boolean names = action.equals("labeldrop") || action.equals("labelkeep");
    if (names
        && (others
            || !rule.texts("source_labels").isEmpty()
            || !rule.text("target_label").isEmpty())) {
      rule.refuse(action + " action requires only 'regex', and no other fields");
    }
  }
}

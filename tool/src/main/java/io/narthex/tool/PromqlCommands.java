package io.narthex.tool;

import io.narthex.cli.CommandValues;
import io.narthex.cli.FlagValues;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.syntax.Expr;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.promql.syntax.ParserFeatures;
import io.narthex.promql.syntax.Prettifier;
import io.narthex.tool.promql.MatcherEdit;
import java.io.PrintStream;
import java.util.List;

/** Gives the commands of the group {@code promql} what their flags say. */
final class PromqlCommands {
  private static final String EXPERIMENTAL_FUNCTIONS = "promql-experimental-functions";
  private static final String EXTENDED_SELECTORS = "promql-extended-range-selectors";
  private static final String FILL_MODIFIERS = "promql-binop-fill-modifiers";

  /** Of no consequence here: what they switch is the engine's, or on for good. */
  private static final List<String> OTHERS =
      List.of("promql-delayed-name-removal", "promql-duration-expr");

  private PromqlCommands() {}

  static void run(CommandValues command, Output out, PrintStream err) {
    FlagValues flags = command.flags();
    if (!flags.bool("experimental")) {
      throw new ToolException(
          "This command is experimental and requires the --experimental flag to be set.");
    }
    List<String> arguments = command.arguments();
    Expr expr = parse(arguments.getFirst(), features(flags.list("enable-feature"), err));
    Expr result =
        switch (command.name()) {
          case "promql format" -> expr;
          case "promql label-matchers set" ->
              MatcherEdit.set(
                  expr, matcher(flags.text("type"), arguments.get(1), arguments.get(2)));
          case "promql label-matchers delete" -> MatcherEdit.delete(expr, arguments.get(1));
          default -> throw new IllegalStateException("BUG: no command " + command.name());
        };
    out.line(Prettifier.pretty(result));
  }

  private static ParserFeatures features(List<String> names, PrintStream err) {
    for (String name : names) {
      boolean known =
          OTHERS.contains(name)
              || List.of(EXPERIMENTAL_FUNCTIONS, EXTENDED_SELECTORS, FILL_MODIFIERS).contains(name);
      if (!known) {
        err.println("WARNING: Unknown feature passed to --enable-feature: " + name);
      }
    }
    return new ParserFeatures(
        names.contains(EXPERIMENTAL_FUNCTIONS),
        true,
        names.contains(EXTENDED_SELECTORS),
        names.contains(FILL_MODIFIERS));
  }

  private static Expr parse(String query, ParserFeatures features) {
    try {
      return Parser.parse(query, features);
    } catch (ParseException e) {
      throw new ToolException(e.getMessage(), e);
    }
  }

  private static Matcher matcher(String operator, String label, String value) {
    for (MatchType type : MatchType.values()) {
      if (type.operator().equals(operator)) {
        try {
          return Matcher.of(type, label, value);
        } catch (IllegalArgumentException e) {
          throw new ToolException(e.getMessage(), e);
        }
      }
    }
    throw new IllegalStateException("BUG: no matcher " + operator);
  }
}

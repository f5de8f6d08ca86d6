package io.narthex.tool.tsdb;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.syntax.ParseException;
import io.narthex.promql.syntax.Parser;
import io.narthex.tool.ToolException;
import java.util.ArrayList;
import java.util.List;

/** Series selectors of flags. */
public final class Selectors {
  private Selectors() {}

  /**
   * @throws ToolException at the first that is no selector
   */
  public static List<List<Matcher>> parse(List<String> texts) {
    List<List<Matcher>> all = new ArrayList<>();
    for (String text : texts) {
      all.add(parse(text));
    }
    return all;
  }

  static List<Matcher> parse(String text) {
    try {
      return Parser.parseSelector(text);
    } catch (ParseException e) {
      throw new ToolException(e.getMessage(), e);
    }
  }
}

package io.narthex.tool;

import io.narthex.cli.CommandValues;
import io.narthex.cli.FlagValues;
import io.narthex.tool.query.ExplainText;
import io.narthex.tool.query.ServerApi;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives the commands of the group {@code query} what their flags say. */
final class QueryCommands {
  private QueryCommands() {}

  static void run(CommandValues command, Output out) {
    FlagValues flags = command.flags();
    ServerApi server = new ServerApi(command.arguments().getFirst());
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", command.arguments().get(1));
    for (String name : new String[] {"time", "start", "end", "step", "timeout"}) {
      parameters.put(name, flags.text(name));
    }
    parameters.put("analyze", flags.bool("analyze") ? "true" : "");
    ExplainText text = new ExplainText(server.get("/api/v1/query_explain", parameters));
    text.lines().forEach(out::line);
    if (!text.error().isEmpty()) {
      throw new ToolException("query failed: " + text.error());
    }
  }
}

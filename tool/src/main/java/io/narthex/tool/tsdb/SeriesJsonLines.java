package io.narthex.tool.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.tool.GoJson;
import io.narthex.tool.Output;

/** {@code {"__name__":"up","job":"node"}}, escaped as Go escapes JSON that HTML may contain. */
final class SeriesJsonLines implements DumpLines {
  private final Output out;

  SeriesJsonLines(Output out) {
    this.out = out;
  }

  @Override
  public boolean series(Labels labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach(
        (name, value) -> {
          text.append(text.length() == 1 ? "" : ",");
          GoJson.quote(text, name);
          GoJson.quote(text.append(':'), value);
        });
    out.line(text.append('}').toString());
    return false;
  }

  @Override
  public boolean samples(SampleBuffer samples) {
    return false;
  }

  @Override
  public void end() {
    // Nothing stands behind the last series.
  }
}

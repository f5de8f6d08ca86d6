package io.narthex.tool.tsdb;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.GoFloat;
import io.narthex.storage.SampleBuffer;
import io.narthex.tool.Output;
import java.nio.charset.StandardCharsets;

/**
 * {@code up{job="node"} 1 1700000000.000}. A series ends at its first native histogram, which the
 * format has no words for.
 */
final class OpenMetricsLines implements DumpLines {
  /** Below, thousandths of a double come out as they went in. */
  private static final long EXACT_MILLIS = 1L << 50;

  private final Output out;
  private byte[] series = {};

  OpenMetricsLines(Output out) {
    this.out = out;
  }

  @Override
  public boolean series(Labels labels) {
    StringBuilder text = new StringBuilder(labels.metricName()).append('{');
    labels.forEach(
        (name, value) -> {
          if (!name.equals(Labels.METRIC_NAME)) {
            text.append(text.charAt(text.length() - 1) == '{' ? "" : ",").append(name).append('=');
            GoQuote.append(text, value);
          }
        });
    series = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    return true;
  }

  @Override
  public boolean samples(SampleBuffer samples) {
    for (int i = 0; i < samples.size(); i++) {
      if (samples.hasHistograms() && samples.histograms[i] != null) {
        return false;
      }
      out.bytes(series).character(' ').number(samples.values[i]).character(' ');
      seconds(samples.timestamps[i]);
      out.character('\n');
    }
    return true;
  }

  private void seconds(long millis) {
    if (Math.abs(millis) >= EXACT_MILLIS || millis == Long.MIN_VALUE) {
      out.text(GoFloat.fixed(millis / 1000.0, 3));
      return;
    }
    if (millis < 0) {
      out.character('-');
    }
    long abs = Math.abs(millis);
    int rest = (int) (abs % 1000);
    out.number(abs / 1000).character('.').character((char) ('0' + rest / 100));
    out.character((char) ('0' + rest / 10 % 10)).character((char) ('0' + rest % 10));
  }

  @Override
  public void end() {
    out.line("# EOF");
  }
}

package io.narthex.tool.tsdb;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.tool.Output;
import java.nio.charset.StandardCharsets;

/** {@code {__name__="up", job="node"} 1 1700000000000}; histograms as they are printed. */
final class SampleLines implements DumpLines {
  private final Output out;
  private byte[] labels = {};

  SampleLines(Output out) {
    this.out = out;
  }

  @Override
  public boolean series(Labels of) {
    labels = of.toString().getBytes(StandardCharsets.UTF_8);
    return true;
  }

  @Override
  public boolean samples(SampleBuffer samples) {
    for (int i = 0; i < samples.size(); i++) {
      out.bytes(labels).character(' ');
      FloatHistogram histogram = samples.hasHistograms() ? samples.histograms[i] : null;
      if (histogram == null) {
        out.number(samples.values[i]);
      } else if (samples.hasIntegers(i)) {
        out.text(histogram.toIntegerString());
      } else {
        out.text(histogram.toString());
      }
      out.character(' ').number(samples.timestamps[i]).character('\n');
    }
    return true;
  }

  @Override
  public void end() {
    // Nothing stands behind the last sample.
  }
}

package io.narthex.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Writes the state of a registry as text: Prometheus' format 0.0.4 or OpenMetrics 1.0.
 *
 * <p>Lines are gathered in one builder and handed to the stream in pieces of a few kilobytes.
 */
public final class TextExposition {
  private static final int FLUSH_CHARS = 8192;

  private final OutputStream out;
  private final boolean openMetrics;
  private final Predicate<String> wanted;
  private final StringBuilder text = new StringBuilder(FLUSH_CHARS + 1024);

  private TextExposition(OutputStream out, ExpositionFormat format, Predicate<String> wanted) {
    this.out = out;
    this.openMetrics = format.syntax() != ExpositionFormat.Syntax.TEXT;
    this.wanted = wanted;
  }

  /** Writes all families of a registry; the stream stays open. */
  public static void write(MetricRegistry registry, ExpositionFormat format, OutputStream out)
      throws IOException {
    write(registry, format, name -> true, out);
  }

  /** Writes the families of a registry whose names are wanted; the stream stays open. */
  public static void write(
      MetricRegistry registry, ExpositionFormat format, Predicate<String> wanted, OutputStream out)
      throws IOException {
    TextExposition exposition = new TextExposition(out, format, wanted);
    try {
      registry.collect(exposition.new Writer());
      if (exposition.openMetrics) {
        exposition.text.append("# EOF\n");
      }
      exposition.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void flush() {
    try {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.setLength(0);
  }

  /** One family after the other, as the registry reports them. */
  private final class Writer implements MetricSink {
    private String name = "";
    private String[] labelNames = {};
    private boolean skipped;

    @Override
    public void family(String familyName, String help, MetricType type, String[] sortedLabelNames) {
      name = familyName;
      labelNames = sortedLabelNames;
      skipped = !wanted.test(familyName);
      if (skipped) {
        return;
      }
      boolean total = type == MetricType.COUNTER && familyName.endsWith("_total");
      String announced =
          openMetrics && total
              ? familyName.substring(0, familyName.length() - "_total".length())
              : familyName;
      text.append("# HELP ").append(announced).append(' ');
      appendEscaped(help, openMetrics);
      text.append("\n# TYPE ").append(announced).append(' ');
      boolean unknown = type == MetricType.UNTYPED || type == MetricType.COUNTER && !total;
      text.append(openMetrics && unknown ? "unknown" : type.word()).append('\n');
    }

    @Override
    public void value(String[] labelValues, double value) {
      if (!skipped) {
        sample("", labelValues, "", 0);
        number(value);
        endLine();
      }
    }

    @Override
    public void histogram(String[] labelValues, double[] bounds, long[] counts, double sum) {
      if (skipped) {
        return;
      }
      long cumulative = 0;
      for (int i = 0; i < counts.length; i++) {
        cumulative += counts[i];
        sample(
            "_bucket", labelValues, "le", i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY);
        text.append(cumulative);
        endLine();
      }
      sumAndCount(labelValues, sum, cumulative);
    }

    @Override
    public void summary(
        String[] labelValues, double[] quantiles, double[] values, long count, double sum) {
      if (skipped) {
        return;
      }
      for (int i = 0; i < quantiles.length; i++) {
        sample("", labelValues, "quantile", quantiles[i]);
        number(values[i]);
        endLine();
      }
      sumAndCount(labelValues, sum, count);
    }

    private void sumAndCount(String[] labelValues, double sum, long count) {
      sample("_sum", labelValues, "", 0);
      number(sum);
      endLine();
      sample("_count", labelValues, "", 0);
      text.append(count);
      endLine();
    }

    /** The line up to its value; an empty extra label name means that there is none. */
    private void sample(String suffix, String[] labelValues, String extraName, double extraValue) {
      text.append(name).append(suffix);
      char separator = '{';
      for (int i = 0; i < labelValues.length; i++) {
        text.append(separator).append(labelNames[i]).append("=\"");
        appendEscaped(labelValues[i], true);
        text.append('"');
        separator = ',';
      }
      if (!extraName.isEmpty()) {
        text.append(separator).append(extraName).append("=\"");
        number(extraValue);
        text.append('"');
        separator = ',';
      }
      text.append(separator == '{' ? " " : "} ");
    }

    /** OpenMetrics tells floating-point numbers by a point or an exponent. */
    private void number(double value) {
      int start = text.length();
      GoNumber.append(text, value);
      if (openMetrics
          && Double.isFinite(value)
          && text.indexOf(".", start) < 0
          && text.indexOf("e", start) < 0) {
        text.append(".0");
      }
    }

    private void endLine() {
      text.append('\n');
      if (text.length() >= FLUSH_CHARS) {
        flush();
      }
    }

    private void appendEscaped(String value, boolean quotes) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '\n' -> text.append("\\n");
          case '"' -> text.append(quotes ? "\\\"" : "\"");
          default -> text.append(c);
        }
      }
    }
  }
}

package io.narthex.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How metrics are written: the syntax, and the content type that announces it. */
public record ExpositionFormat(Syntax syntax, String contentType) {
  /** The text formats. */
  public enum Syntax {
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    OPENMETRICS_0_0_1("application/openmetrics-text; version=0.0.1; charset=utf-8"),
    OPENMETRICS_1_0_0("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;

    Syntax(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  private record Offer(String type, String version, String escaping, double quality) {}

  /** Text format 0.0.4, what a client gets that asks for nothing. */
  public static ExpositionFormat text() {
    return of(Syntax.TEXT, "underscores");
  }

  /**
   * The best format for an `Accept` header; the server's own metrics are text only, as Prometheus'
   * are.
   */
  public static ExpositionFormat negotiateText(String accept) {
    return negotiate(accept, false);
  }

  /** The best format for an `Accept` header, OpenMetrics included. */
  public static ExpositionFormat negotiate(String accept) {
    return negotiate(accept, true);
  }

  private static ExpositionFormat negotiate(String accept, boolean openMetrics) {
    String escaping = "underscores";
    for (Offer offer : offers(accept)) {
      if (isEscaping(offer.escaping())) {
        escaping = offer.escaping();
      }
      String version = offer.version();
      if (offer.type().equals("text/plain") && (version.isEmpty() || version.equals("0.0.4"))) {
        return of(Syntax.TEXT, escaping);
      }
      if (openMetrics && offer.type().equals("application/openmetrics-text")) {
        if (version.equals("1.0.0")) {
          return of(Syntax.OPENMETRICS_1_0_0, escaping);
        }
        if (version.isEmpty() || version.equals("0.0.1")) {
          return of(Syntax.OPENMETRICS_0_0_1, escaping);
        }
      }
    }
    return of(Syntax.TEXT, escaping);
  }

  private static ExpositionFormat of(Syntax syntax, String escaping) {
    return new ExpositionFormat(syntax, syntax.mediaType + "; escaping=" + escaping);
  }

  private static boolean isEscaping(String word) {
    return switch (word) {
      case "allow-utf-8", "underscores", "dots", "values" -> true;
      default -> false;
    };
  }

  /** The offers of an `Accept` header, best first; equal ones in their order. */
  private static List<Offer> offers(String accept) {
    List<Offer> offers = new ArrayList<>();
    for (String part : accept.split(",", -1)) {
      String[] fields = part.split(";", -1);
      String version = "";
      String escaping = "";
      double quality = 1;
      for (int i = 1; i < fields.length; i++) {
        int eq = fields[i].indexOf('=');
        String key = eq < 0 ? fields[i].strip() : fields[i].substring(0, eq).strip();
        String value = eq < 0 ? "" : fields[i].substring(eq + 1).strip();
        switch (key) {
          case "version" -> version = value;
          case "escaping" -> escaping = value;
          case "q" -> quality = parsedQuality(value);
          default -> {}
        }
      }
      offers.add(new Offer(fields[0].strip().toLowerCase(Locale.ROOT), version, escaping, quality));
    }
    offers.sort((a, b) -> Double.compare(b.quality(), a.quality()));
    return offers;
  }

  private static double parsedQuality(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}

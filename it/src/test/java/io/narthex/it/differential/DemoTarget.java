package io.narthex.it.differential;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A target whose samples carry their own timestamps and depend on nothing but them: whoever scrapes
 * often enough gets the same samples. Its clock runs fast: every {@link #TICK_MILLIS} the exposed
 * time moves on by {@link #STEP_MILLIS}.
 */
final class DemoTarget implements AutoCloseable {
  static final long TICK_MILLIS = 400;
  static final long STEP_MILLIS = 15_000;
  private static final double[] BOUNDS = {0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final long startNanos = System.nanoTime();
  private final long originMillis;

  DemoTarget(long originMillis) throws IOException {
    this.originMillis = originMillis;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = exposition(tick()).getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.setExecutor(executor);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How many times the exposed clock has moved. */
  int tick() {
    return (int) ((System.nanoTime() - startNanos) / (TICK_MILLIS * 1_000_000));
  }

  long timeOf(int tick) {
    return originMillis + tick * STEP_MILLIS;
  }

  private String exposition(int n) {
    Page page = new Page(timeOf(n));
    counters(page, n);
    gauges(page, n);
    histograms(page, n);
    odds(page, n);
    return page.text();
  }

  private static void counters(Page page, int n) {
    page.type("demo_requests_total", "counter");
    int series = 0;
    for (String service : new String[] {"api", "web", "batch"}) {
      for (String method : new String[] {"GET", "POST"}) {
        for (String status : new String[] {"200", "404", "500"}) {
          series++;
          int sinceReset = series % 4 == 0 ? n % 23 : n;
          page.add(
              "demo_requests_total{service=\""
                  + service
                  + "\",method=\""
                  + method
                  + "\",status=\""
                  + status
                  + "\"}",
              series * 3.25 + sinceReset * (series + 0.5) + Math.floor(sinceReset / 7.0) * series);
        }
      }
    }
    page.type("demo_bytes_total", "counter");
    page.add("demo_bytes_total{direction=\"in\"}", n * 123_456_789.0);
    page.add("demo_bytes_total{direction=\"out\"}", n * 1e12 + 1);
  }

  private static void gauges(Page page, int n) {
    page.type("demo_temperature", "gauge");
    for (int host = 0; host < 6; host++) {
      for (String zone : new String[] {"a", "b"}) {
        double value =
            20 + host + 5 * Math.sin((n + host * 3) / 6.0) + (zone.equals("b") ? -30 : 0);
        page.add("demo_temperature{host=\"h" + host + "\",zone=\"" + zone + "\"}", value);
      }
    }
    page.type("demo_capacity", "gauge");
    page.type("demo_info", "gauge");
    for (int host = 0; host < 6; host++) {
      page.add("demo_capacity{host=\"h" + host + "\"}", 100 * (host + 1));
      page.add("demo_info{host=\"h" + host + "\",version=\"1." + host % 3 + "\"}", 1);
    }
  }

  private static void histograms(Page page, int n) {
    page.type("demo_latency_seconds", "histogram");
    int seed = 0;
    for (String handler : new String[] {"/", "/api", "/slow"}) {
      seed++;
      double cumulative = 0;
      for (int i = 0; i < BOUNDS.length; i++) {
        cumulative += Math.floor(n * (1 + (seed * (i + 1)) % 5) * 0.75);
        page.add(
            "demo_latency_seconds_bucket{handler=\"" + handler + "\",le=\"" + BOUNDS[i] + "\"}",
            cumulative);
      }
      cumulative += Math.floor(n * 0.25 * seed);
      page.add("demo_latency_seconds_bucket{handler=\"" + handler + "\",le=\"+Inf\"}", cumulative);
      page.add("demo_latency_seconds_sum{handler=\"" + handler + "\"}", cumulative * 0.137 * seed);
      page.add("demo_latency_seconds_count{handler=\"" + handler + "\"}", cumulative);
    }
    page.type("demo_rpc_seconds", "summary");
    for (String quantile : new String[] {"0.5", "0.9", "0.99"}) {
      page.add(
          "demo_rpc_seconds{quantile=\"" + quantile + "\"}",
          Double.parseDouble(quantile) * (1 + n % 5));
    }
    page.add("demo_rpc_seconds_sum", n * 1.5);
    page.add("demo_rpc_seconds_count", n * 3);
  }

  /**
   * What makes trouble: gaps, NaN, infinities, constants, negative and tiny numbers, unusual label
   * values.
   */
  private static void odds(Page page, int n) {
    page.type("demo_odd", "untyped");
    if (n % 5 != 0) {
      page.add("demo_odd{kind=\"gappy\"}", n);
    }
    if (n % 40 < 20) {
      page.add("demo_odd{kind=\"half\"}", n * 2);
    }
    page.add("demo_odd{kind=\"nan\"}", n % 7 == 0 ? Double.NaN : n);
    page.add("demo_odd{kind=\"inf\"}", n % 11 == 0 ? Double.POSITIVE_INFINITY : -n);
    page.add("demo_odd{kind=\"constant\"}", 42);
    page.add("demo_odd{kind=\"tiny\"}", 1e-300 * n);
    page.add("demo_odd{kind=\"ünïcode \\\"quoted\\\" \\\\ back\\nline\"}", n % 3);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  /** Exposition text in which every sample has the same timestamp. */
  private static final class Page {
    private final StringBuilder out = new StringBuilder(8192);
    private final long timestampMillis;

    Page(long timestampMillis) {
      this.timestampMillis = timestampMillis;
    }

    void type(String family, String type) {
      out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
    }

    void add(String series, double value) {
      String text =
          Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
      out.append(series).append(' ').append(text).append(' ').append(timestampMillis).append('\n');
    }

    String text() {
      return out.toString();
    }
  }
}

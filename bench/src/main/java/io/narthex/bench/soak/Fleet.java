package io.narthex.bench.soak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Targets of a thousand series each on one port, a path each. Series are replaced one after the
 * other, so that each minute the wanted share of them is new. Knows when each target was asked.
 */
final class Fleet implements AutoCloseable {
  private static final int PER_TARGET = 1000;
  private static final double NANOS_PER_MINUTE = 60e9;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int targets;
  private final int series;
  private final double churnPerMinute;
  private final long intervalNanos;
  private final long start = System.nanoTime();

  /** When a target was asked last; 0 for never. */
  private final AtomicLongArray lastAsked;

  private final AtomicLong latestNanos = new AtomicLong();

  /**
   * @param churnPercent how many of a hundred series are replaced every minute
   */
  Fleet(int series, int churnPercent, Duration interval) throws IOException {
    this.series = series;
    this.targets = (series + PER_TARGET - 1) / PER_TARGET;
    this.churnPerMinute = churnPercent / 100.0;
    this.intervalNanos = interval.toNanos();
    this.lastAsked = new AtomicLongArray(targets);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  int targets() {
    return targets;
  }

  /** How much later than its interval after the one before the latest scrape came since asked. */
  long latestMillis() {
    long late = latestNanos.getAndSet(0);
    long now = System.nanoTime();
    for (int i = 0; i < targets; i++) {
      long last = lastAsked.get(i);
      if (last != 0) {
        late = Math.max(late, now - last - intervalNanos);
      }
    }
    return Math.max(0, late) / 1_000_000;
  }

  private void answer(HttpExchange exchange) throws IOException {
    int target = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
    long now = System.nanoTime();
    long before = lastAsked.getAndSet(target, now);
    if (before != 0) {
      latestNanos.accumulateAndGet(now - before - intervalNanos, Math::max);
    }
    byte[] body = page(target, now - start).getBytes(StandardCharsets.ISO_8859_1);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String page(int target, long nanos) {
    int count = Math.min(PER_TARGET, series - target * PER_TARGET);
    double replaced = nanos / NANOS_PER_MINUTE * churnPerMinute;
    long seconds = nanos / 1_000_000_000;
    StringBuilder page = new StringBuilder(count * 90);
    for (int i = 0; i < count; i++) {
      long generation = (long) (replaced + i / (double) count);
      page.append("http_requests_").append(i / 100).append("_total{handler=\"/api/v1/").append(i);
      page.append("\",code=\"").append(200 + i % 5).append("\",pod=\"pod-").append(i);
      page.append('-').append(generation).append("\"} ");
      page.append(seconds * (1 + i % 13) + i).append('\n');
    }
    return page.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

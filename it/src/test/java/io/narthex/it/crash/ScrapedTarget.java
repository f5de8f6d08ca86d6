package io.narthex.it.crash;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A target whose series count how often it was scraped. */
final class ScrapedTarget implements AutoCloseable {
  static final String METRIC = "scraped";

  private static final int SERIES = 5;

  private final HttpServer server;
  private final AtomicLong scrapes = new AtomicLong();

  ScrapedTarget() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          long count = scrapes.incrementAndGet();
          StringBuilder page = new StringBuilder();
          for (int i = 0; i < SERIES; i++) {
            page.append(METRIC + "{series=\"" + i + "\"} " + count + "\n");
          }
          byte[] body = page.toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

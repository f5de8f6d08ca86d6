package io.narthex.server.training;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * A target with a thousand series, served compressed over kept connections, with other values at
 * each scrape.
 */
final class TrainingTarget implements AutoCloseable {
  private static final int PAGES = 16;

  private final ServerSocket socket = new ServerSocket(0, 64, InetAddress.getByName("0.0.0.0"));
  private final List<byte[]> pages = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  TrainingTarget() throws IOException {
    for (int i = 0; i < PAGES; i++) {
      pages.add(page(i));
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed: the training is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = connection.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          byte[] body = pages.get(next.getAndIncrement() % PAGES);
          String head =
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                  + "Content-Encoding: gzip\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n";
          out.write(head.getBytes(StandardCharsets.US_ASCII));
          out.write(body);
          out.flush();
        }
      }
    } catch (IOException e) {
      // The scraper has gone.
    }
  }

  private static byte[] page(int n) {
    StringBuilder out = new StringBuilder(128 << 10);
    Random random = new Random(n);
    out.append(
        "# HELP training_requests_total Requests.\n# TYPE training_requests_total counter\n");
    for (int i = 0; i < 600; i++) {
      out.append("training_requests_total{handler=\"/api/")
          .append(i % 20)
          .append("\",method=\"GET\",service=\"s");
      out.append(i % 7)
          .append("\",status=\"")
          .append(i % 5 == 0 ? 500 : 200)
          .append("\",pod=\"pod-")
          .append(i);
      out.append("\"} ").append(n * 10L * i).append('\n');
    }
    out.append("# TYPE training_temperature gauge\n");
    for (int i = 0; i < 250; i++) {
      out.append("training_temperature{sensor=\"t")
          .append(i)
          .append("\",zone=\"z")
          .append(i % 4)
          .append("\"} ");
      out.append(random.nextGaussian() * 20).append('\n');
    }
    out.append("# TYPE training_seconds histogram\n");
    for (int i = 0; i < 15; i++) {
      for (int le = 0; le < 10; le++) {
        out.append("training_seconds_bucket{handler=\"h")
            .append(i)
            .append("\",le=\"")
            .append(le == 9 ? "+Inf" : "0." + le);
        out.append("\"} ").append(n * le).append('\n');
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(out.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.narthex.scrape;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A target whose every answer a test decides; several connections at a time. */
final class TestTarget implements AutoCloseable {
  /** Answers one request; the connection is closed where it throws. */
  @FunctionalInterface
  interface Handler {
    void answer(int number, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new ArrayList<>();
  private volatile Handler handler;

  TestTarget(Handler handler) {
    this.handler = handler;
    try {
      socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A target that always answers with this text. */
  static TestTarget of(String body) {
    return new TestTarget((n, out) -> text(out, body));
  }

  static void text(OutputStream out, String body) throws IOException {
    answer(out, "text/plain; version=0.0.4", body);
  }

  static void answer(OutputStream out, String contentType, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head(out, "200 OK", contentType, bytes.length);
    out.write(bytes);
    out.flush();
  }

  static void head(OutputStream out, String status, String contentType, long length)
      throws IOException {
    out.write(
        ("HTTP/1.1 "
                + status
                + "\r\nContent-Type: "
                + contentType
                + "\r\nContent-Length: "
                + length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  void handler(Handler next) {
    handler = next;
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      String head;
      while (!(head = readHead(in)).isEmpty()) {
        int number;
        synchronized (requests) {
          requests.add(head);
          number = requests.size();
        }
        handler.answer(number, out);
      }
    } catch (IOException | InterruptedException e) {
      // The scraper has gone, or the test wants the connection broken.
    } finally {
      open.remove(client);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0) {
      head.append((char) c);
      int n = head.length();
      if (c == '\n' && n > 3 && head.charAt(n - 3) == '\n') {
        return head.toString();
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

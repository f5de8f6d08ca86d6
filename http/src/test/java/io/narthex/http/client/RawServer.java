package io.narthex.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that says exactly what it is told to, well-formed or not. */
final class RawServer implements AutoCloseable {
  private enum Manner {
    KEEP,
    CLOSE,
    CLOSE_SILENTLY,
    HANG,
    ENDLESS
  }

  private final ServerSocket socket;
  private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile byte[] answer = {};
  private volatile Manner manner = Manner.KEEP;
  private volatile String lastRequest = "";

  RawServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  void answer(String contentType, String body) {
    answer(contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  void answer(String contentType, byte[] body) {
    byte[] head =
        ("HTTP/1.1 200 OK\r\nContent-Type: "
                + contentType
                + "\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    answer = whole;
    manner = Manner.KEEP;
  }

  void appendToAnswer(String text) {
    byte[] more = text.getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(answer, answer.length + more.length);
    System.arraycopy(more, 0, whole, answer.length, more.length);
    answer = whole;
  }

  void closeSilentlyAfterAnswer(boolean close) {
    manner = close ? Manner.CLOSE_SILENTLY : Manner.KEEP;
  }

  void answerRaw(String text) {
    answer = text.getBytes(StandardCharsets.UTF_8);
    manner = Manner.CLOSE;
  }

  void hang(String afterText) {
    answer = afterText.getBytes(StandardCharsets.UTF_8);
    manner = Manner.HANG;
  }

  void answerEndlessly() {
    answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    manner = Manner.ENDLESS;
  }

  String lastRequest() {
    return lastRequest;
  }

  int connections() {
    return connections.get();
  }

  int requests() {
    return requests.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        connections.incrementAndGet();
        open.put(client, true);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      while (readRequest(in)) {
        requests.incrementAndGet();
        out.write(answer);
        out.flush();
        switch (manner) {
          case KEEP -> {}
          case CLOSE, CLOSE_SILENTLY -> {
            return;
          }
          case HANG -> Thread.sleep(60_000);
          case ENDLESS -> {
            byte[] line = "endless{a=\"b\"} 1\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
            while (true) {
              out.write(line);
            }
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone.
    } finally {
      open.remove(client);
    }
  }

  private boolean readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0) {
      head.append((char) c);
      if (c == '\n' && head.toString().endsWith("\r\n\r\n")) {
        lastRequest = head.toString();
        int at = lastRequest.indexOf("Content-Length: ");
        if (at >= 0) {
          int length =
              Integer.parseInt(lastRequest.substring(at + 16, lastRequest.indexOf('\r', at)));
          in.readNBytes(length);
        }
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : open.keySet()) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

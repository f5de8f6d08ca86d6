package io.narthex.tool;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Gives the same answer to all who ask, and remembers what they asked. */
final class StubServer implements AutoCloseable {
  private final HttpServer server;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private volatile String body = "";
  private volatile boolean refusesPost;
  private volatile String wanted = "";

  StubServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String header =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(wanted))
            .filter(value -> !wanted.isEmpty())
            .map(value -> " " + value)
            .orElse("");
    asked.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (form.isEmpty() ? "" : " " + URLDecoder.decode(form, StandardCharsets.UTF_8))
            + header);
    boolean refused = refusesPost && exchange.getRequestMethod().equals("POST");
    byte[] bytes = (refused ? "" : body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(refused ? 405 : status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * @param json with single quotes for double ones
   */
  void answer(int code, String json) {
    status = code;
    body = json.replace('\'', '"');
  }

  /** Answers with this as {@code data}. */
  void data(String json) {
    answer(200, "{'status':'success','data':" + json + "}");
  }

  void refusePost() {
    refusesPost = true;
  }

  /** Remembers this header with each request. */
  void watch(String header) {
    wanted = header;
  }

  /** Method, address and form of each request. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.narthex.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server without TLS may answer, beyond the plain case. */
final class PlainConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RawServer server = new RawServer();
  private final TransportRuntime runtime = new TransportRuntime();
  private final BodyBuffer body = new BodyBuffer(64);

  @AfterEach
  void stop() {
    server.close();
    runtime.close();
  }

  private TransportResponse get(Transport transport) throws TransportException {
    return transport.send(
        TransportRequest.get(URI.create(server.url("/metrics")), Map.of(), PATIENCE), body);
  }

  private String answerTo(String raw) throws TransportException {
    server.answerRaw(raw);
    try (Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      TransportResponse response = get(transport);
      return response.status()
          + " "
          + new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsChunksAndPassesTrailersOver() throws Exception {
    assertThat(
            answerTo(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nup 1\n\r\n7;name=x\r\ndown 1\n\r\n0\r\nTrailer: a\r\n\r\n"))
        .isEqualTo("200 up 1\ndown 1\n");
  }

  @Test
  void readsToTheEndOfTheConnectionWhereNoLengthIsGiven() throws Exception {
    assertThat(answerTo("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nup 1\n"))
        .isEqualTo("200 up 1\n");
  }

  @Test
  void waitsForTheAnswerBehindAnInterimOne() throws Exception {
    assertThat(
            answerTo(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nup 1\n"))
        .isEqualTo("200 up 1\n");
  }

  @Test
  void refusesChunksThatEndEarly() {
    assertThatThrownBy(
            () -> answerTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nup"))
        .hasMessage("unexpected EOF");
  }

  @Test
  void doesNotUseAConnectionAgainWhoseAnswerGoesOnAfterItsEnd() throws Exception {
    server.answer("text/plain", "up 1\n");
    server.appendToAnswer("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
    try (Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      for (int i = 0; i < 3; i++) {
        get(transport);
        assertThat(new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8))
            .isEqualTo("up 1\n");
      }
    }
    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void refusesHeaderValuesThatBreakOutOfTheirLine() throws Exception {
    try (Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      Map<String, String> headers = Map.of("X-Scope", "a\r\nX-Admin: yes");
      TransportException e =
          catchThrowableOfType(
              TransportException.class,
              () ->
                  transport.send(
                      TransportRequest.get(URI.create(server.url("/")), headers, PATIENCE), body));
      assertThat(e).hasMessage("net/http: invalid header field value for \"X-Scope\"");
    }
    assertThat(server.requests()).isZero();
  }

  @Test
  void givesUpAtOnceWhereItsThreadIsInterrupted() throws Exception {
    server.hang("HTTP/1.1 200 OK\r\n");
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    try (Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      get(transport);
                    } catch (Exception e) {
                      thrown.complete(e);
                    }
                  });
      while (server.requests() == 0) {
        Thread.sleep(1);
      }
      thread.interrupt();
      assertThat(thrown.get())
          .hasMessage("Get \"" + server.url("/metrics") + "\": context canceled");
    }
  }

  @Test
  void connectsAnewWhereTheServerAsksToClose() throws Exception {
    server.answer("text/plain\r\nConnection: close", "up 1\n");
    try (Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      get(transport);
      get(transport);
    }
    assertThat(server.connections()).isEqualTo(2);
  }
}

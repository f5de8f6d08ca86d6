package io.narthex.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.ConfigException;
import io.narthex.model.labels.Labels;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DisconnectTest {
  private TestServer server;

  @BeforeEach
  void start() throws ConfigException {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void clientThatLeavesEndsItsQuery() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    server.database.add(Labels.of("__name__", "up", "n", "1"), 1_000, 1);
    server.database.add(Labels.of("__name__", "up", "n", "2"), 1_000, 1);
    server.database.beforeRead =
        () -> {
          reading.countDown();
          try {
            goOn.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    var address = server.server().addresses().getFirst();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      String request =
          "GET /api/v1/query?query=sum(rate(up%5B1m%5D))&time=2 HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
    }
    Thread.sleep(500);
    goOn.countDown();
    String canceled = "prometheus_http_requests_total{code=\"499\",handler=\"/api/v1/query\"} 1\n";
    for (int i = 0; i < 100 && !server.get("/metrics").body().contains(canceled); i++) {
      Thread.sleep(50);
    }
    assertThat(server.get("/metrics").body()).contains(canceled);
  }
}

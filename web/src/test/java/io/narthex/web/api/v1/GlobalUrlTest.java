package io.narthex.web.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobalUrlTest {
  private final GlobalUrl urls =
      new GlobalUrl(URI.create("https://prom.example.org:8443/x"), "0.0.0.0:9090");

  @ParameterizedTest
  @CsvSource({
    "http://node:9100/metrics?a=b,http://node:9100/metrics?a=b",
    "http://localhost:9090/metrics,https://prom.example.org:8443/metrics",
    "http://localhost:9100/metrics?a=b,http://prom.example.org:9100/metrics?a=b",
    "http://127.0.0.1:9100/metrics,http://prom.example.org:9100/metrics",
    "http://[::1]:9090/metrics,https://prom.example.org:8443/metrics",
    "http://[::1]:9100,http://prom.example.org:9100",
    "http://[fe80::1]:9100/metrics,http://[fe80::1]:9100/metrics",
    "http://localhost/metrics,http://prom.example.org/metrics",
  })
  void makesLocalTargetsReachable(String url, String expected) {
    assertThat(urls.of(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9100/m,http://[2001:db8::1]:9100/m",
    "http://localhost:9090/m,http://[2001:db8::1]:9090/m"
  })
  void externalAddressMayBeVersionSix(String url, String expected) {
    GlobalUrl six = new GlobalUrl(URI.create("http://[2001:db8::1]:9090/"), ":9090");
    assertThat(six.of(url)).isEqualTo(expected);
  }
}

package io.narthex.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.cli.FlagParser;
import io.narthex.cli.FlagValues;
import io.narthex.cli.UsageException;
import io.narthex.config.ConfigException;
import io.narthex.server.flags.ServerFlags;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ExternalUrlTest {
  @Test
  void servesBelowThePathOfTheUrl() {
    ExternalUrl external = ExternalUrl.of("http://example.com/prom/", "", "127.0.0.1:9090");
    assertThat(external).isEqualTo(new ExternalUrl(URI.create("http://example.com/prom"), "/prom"));
  }

  @Test
  void takesItsOwnHostAndPortForOnlyAPath() {
    ExternalUrl external = ExternalUrl.of("/prom", "", "127.0.0.1:9090");
    assertThat(external.routePrefix()).isEqualTo("/prom");
    assertThat(external.uri().toString())
        .isEqualTo("http://" + ExternalUrl.hostname() + ":9090/prom");
  }

  @Test
  void servesBelowTheRoutePrefixWhereOneIsGiven() {
    ExternalUrl external = ExternalUrl.of("http://example.com/prom", "/", "127.0.0.1:9090");
    assertThat(external.routePrefix()).isEqualTo("/");
    assertThat(external.pathPrefix()).isEmpty();
  }

  @Test
  void namesTheFlagWhereAPathIsNone() {
    assertThatThrownBy(() -> ExternalUrl.of("/a b", "", "127.0.0.1:9090"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("parse external URL \"/a b\": ");
  }

  @Test
  void builtInConfigurationScrapesBelowTheRoutePrefix() throws ConfigException {
    FlagValues flags = new FlagParser(ServerFlags.ALL).parse("--web.external-url=/prom");
    assertThat(ConfigSource.of(flags).load().scrapeConfigs().getFirst().metricsPath())
        .isEqualTo("/prom/metrics");
  }
}

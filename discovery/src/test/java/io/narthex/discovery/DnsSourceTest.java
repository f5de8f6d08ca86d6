package io.narthex.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.client.MetricRegistry;
import io.narthex.config.DiscoveryConfig;
import io.narthex.model.labels.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsSourceTest {
  private final DiscoveryMetrics metrics = new DiscoveryMetrics(new MetricRegistry());

  private List<TargetGroup> refresh(
      String type, int port, DnsSource.Resolver resolver, String... names) throws IOException {
    DiscoveryConfig.Dns config =
        new DiscoveryConfig.Dns(List.of(names), type, port, Duration.ofSeconds(30));
    return new DnsSource(config, metrics, resolver).refresh();
  }

  @Test
  void serviceRecordsGiveHostAndPort() throws IOException {
    assertThat(refresh("SRV", 0, (_, _) -> List.of("0 10 3306 db1.example.com."), "_mysql._tcp.x."))
        .containsExactly(
            new TargetGroup(
                "_mysql._tcp.x.",
                List.of(
                    Labels.of(
                        "__address__",
                        "db1.example.com:3306",
                        "__meta_dns_name",
                        "_mysql._tcp.x.",
                        "__meta_dns_srv_record_target",
                        "db1.example.com.",
                        "__meta_dns_srv_record_port",
                        "3306")),
                Labels.EMPTY));
  }

  @Test
  void otherRecordsTakeTheConfiguredPort() throws IOException {
    assertThat(refresh("AAAA", 80, (_, _) -> List.of("::1"), "web").getFirst().targets())
        .containsExactly(Labels.of("__address__", "[::1]:80", "__meta_dns_name", "web"));
    assertThat(refresh("MX", 25, (_, _) -> List.of("10 smtp1.x."), "x").getFirst().targets())
        .containsExactly(
            Labels.of(
                "__address__",
                "smtp1.x:25",
                "__meta_dns_name",
                "x",
                "__meta_dns_mx_record_target",
                "smtp1.x."));
    assertThat(refresh("NS", 53, (_, _) -> List.of("ns1.x."), "x").getFirst().targets())
        .containsExactly(
            Labels.of(
                "__address__",
                "ns1.x:53",
                "__meta_dns_name",
                "x",
                "__meta_dns_ns_record_target",
                "ns1.x."));
  }

  @Test
  void aNameThatFailsKeepsItsTargetsAndLeavesTheOthers() throws IOException {
    List<TargetGroup> groups =
        refresh(
            "A",
            80,
            (name, _) -> {
              if (name.equals("bad")) {
                throw new IOException("timeout");
              }
              return name.equals("gone") ? List.of() : List.of("192.0.2.2");
            },
            "bad",
            "gone",
            "good");

    assertThat(groups).extracting(TargetGroup::source).containsExactly("gone", "good");
    assertThat(groups.getFirst().targets()).isEmpty();
    assertThatThrownBy(
            () ->
                refresh(
                    "A",
                    80,
                    (_, _) -> {
                      throw new IOException("timeout");
                    },
                    "bad"))
        .hasMessage("timeout");
  }
}

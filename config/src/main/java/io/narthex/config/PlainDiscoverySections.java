package io.narthex.config;

import io.narthex.config.yaml.GoUrl;
import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.model.labels.GoQuote;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Sections of the mechanisms that need no cloud and no cluster: files, URLs, DNS and the like. */
final class PlainDiscoverySections {
  private static final Pattern FILE_PATTERN =
      Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)", Pattern.DOTALL);

  static final Section STATIC =
      Section.named("struct { Targets []string; Labels model.LabelSet }")
          .texts("targets")
          .shown()
          .map("labels", Scalar.LABEL_NAME, Scalar.TEXT);

  static final List<Mechanism> ALL =
      List.of(
          Mechanism.plain("file", file()),
          Mechanism.http("http", http()),
          Mechanism.plain("dns", dns()),
          Mechanism.http("eureka", eureka()),
          Mechanism.http("puppetdb", puppetdb()),
          Mechanism.http("uyuni", uyuni()),
          Mechanism.plain("serverset", zookeeper("serverset")),
          Mechanism.plain("nerve", zookeeper("nerve")),
          Mechanism.http("kuma", kuma()));

  private PlainDiscoverySections() {}

  private static Section file() {
    return Section.named("file.plain")
        .texts("files")
        .shown()
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(5))
        .check(PlainDiscoverySections::checkFile);
  }

  private static void checkFile(Values values) {
    List<String> files = values.texts("files");
    if (files.isEmpty()) {
      values.refuse("files", "file service discovery config must contain at least one path name");
    }
    for (int i = 0; i < files.size(); i++) {
      if (!FILE_PATTERN.matcher(files.get(i)).matches()) {
        values.refuseEntry(
            "files",
            i,
            "path name " + GoQuote.quote(files.get(i)) + " is not valid for file discovery");
      }
    }
  }

  private static Section http() {
    return Section.named("http.plain")
        .inlineKeys(HttpSections.KEYS)
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(1))
        .text("url")
        .shown()
        .check(PlainDiscoverySections::checkUrl)
        .check(HttpSections::check);
  }

  /** Refuses a URL that cannot be fetched. */
  private static void checkUrl(Values values) {
    if (values.text("url").isEmpty()) {
      values.refuse("url", "URL is missing");
      return;
    }
    try {
      GoUrl url = GoUrl.parse(values.text("url"));
      if (!url.scheme().equals("http") && !url.scheme().equals("https")) {
        values.refuse("url", "URL scheme must be 'http' or 'https'");
      } else if (url.host().isEmpty()) {
        values.refuse("url", "host is missing in URL");
      }
    } catch (IllegalArgumentException e) {
      values.refuse("url", e.getMessage());
    }
  }

  private static Section dns() {
    return Section.named("dns.plain")
        .texts("names")
        .shown()
        .duration("refresh_interval")
        .initially(Duration.ofSeconds(30))
        .text("type")
        .initially("SRV")
        .shown()
        .integer("port")
        .shown()
        .check(PlainDiscoverySections::checkDns);
  }

  private static void checkDns(Values values) {
    if (values.texts("names").isEmpty()) {
      values.refuse("names", "DNS-SD config must contain at least one SRV record name");
    }
    String type = values.text("type").toUpperCase(Locale.ROOT);
    if (Set.of("A", "AAAA", "MX", "NS").contains(type)) {
      if (values.number("port") == 0) {
        values.refuse(
            "port", "a port is required in DNS-SD configs for all record types except SRV");
      }
    } else if (!type.equals("SRV")) {
      values.refuse("type", "invalid DNS-SD records type " + values.text("type"));
    }
  }

  private static Section eureka() {
    return Section.named("eureka.plain")
        .text("server")
        .inlineKeys(HttpSections.KEYS)
        .duration("refresh_interval")
        .initially(Duration.ofSeconds(30))
        .check(
            values -> {
              if (values.text("server").isEmpty()) {
                values.refuse("server", "eureka_sd: empty or null eureka server");
              } else if (!hasSchemeAndHost(values, "server")) {
                values.refuse("server", "eureka_sd: invalid eureka server URL");
              }
            })
        .check(HttpSections::check);
  }

  private static boolean hasSchemeAndHost(Values values, String name) {
    try {
      GoUrl url = GoUrl.parse(values.text(name));
      return !url.scheme().isEmpty() && !url.host().isEmpty();
    } catch (IllegalArgumentException e) {
      values.refuse(name, e.getMessage());
      return true;
    }
  }

  private static Section puppetdb() {
    return Section.named("puppetdb.plain")
        .inlineKeys(HttpSections.KEYS)
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(1))
        .text("url")
        .shown()
        .text("query")
        .shown()
        .bool("include_parameters")
        .shown()
        .integer("port")
        .initially(80L)
        .shown()
        .check(PlainDiscoverySections::checkUrl)
        .check(
            values -> {
              if (values.text("query").isEmpty()) {
                values.refuse("query", "query missing");
              }
            })
        .check(HttpSections::check);
  }

  private static Section uyuni() {
    return Section.named("uyuni.plain")
        .text("server")
        .shown()
        .text("username")
        .shown()
        .secret("password")
        .shown()
        .inlineKeys(HttpSections.KEYS)
        .text("entitlement")
        .initially("monitoring_entitled")
        .text("separator")
        .initially(",")
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(1))
        .check(
            values -> {
              if (values.text("server").isEmpty()) {
                values.refuse("server", "Uyuni SD configuration requires server host");
              }
              if (values.text("username").isEmpty()) {
                values.refuse("username", "Uyuni SD configuration requires a username");
              }
              if (values.secret("password").isEmpty()) {
                values.refuse("password", "Uyuni SD configuration requires a password");
              }
            })
        .check(HttpSections::check);
  }

  private static Section zookeeper(String name) {
    return Section.named("zookeeper.plain")
        .texts("servers")
        .shown()
        .texts("paths")
        .shown()
        .duration("timeout")
        .initially(Duration.ofSeconds(10))
        .check(
            values -> {
              if (values.texts("servers").isEmpty()) {
                values.refuse(
                    "servers", name + " SD config must contain at least one Zookeeper server");
              }
              if (values.texts("paths").isEmpty()) {
                values.refuse("paths", name + " SD config must contain at least one path");
              }
              for (String path : values.texts("paths")) {
                if (!path.startsWith("/")) {
                  values.refuse("paths", name + " SD config paths must begin with '/': " + path);
                }
              }
            });
  }

  private static Section kuma() {
    return Section.named("xds.plainKumaConf")
        .inlineKeys(HttpSections.KEYS)
        .duration("refresh_interval")
        .initially(Duration.ofSeconds(15))
        .duration("fetch_timeout")
        .initially(Duration.ofMinutes(2))
        .text("server")
        .text("client_id")
        .check(
            values -> {
              String server = values.text("server");
              if (server.isEmpty()) {
                values.refuse("server", "kuma SD server must not be empty: ");
              } else if (!hasSchemeAndHost(values, "server")) {
                values.refuse(
                    "server", "kuma SD server must not be empty and have a scheme: " + server);
              }
            })
        .check(HttpSections::check);
  }
}

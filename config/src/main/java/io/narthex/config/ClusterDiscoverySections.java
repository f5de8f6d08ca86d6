package io.narthex.config;

import io.narthex.config.yaml.GoUrl;
import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlType.Scalar;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sections of the mechanisms that ask a cluster or a service registry. */
final class ClusterDiscoverySections {
  private static final Map<String, List<String>> SELECTORS_BY_ROLE = new LinkedHashMap<>();

  static {
    SELECTORS_BY_ROLE.put("pod", List.of("pod", "node"));
    SELECTORS_BY_ROLE.put("service", List.of("service"));
    SELECTORS_BY_ROLE.put("endpoints", List.of("pod", "service", "endpoints"));
    SELECTORS_BY_ROLE.put("endpointslice", List.of("pod", "service", "endpointslice"));
    SELECTORS_BY_ROLE.put("node", List.of("node"));
    SELECTORS_BY_ROLE.put("ingress", List.of("ingress"));
  }

  static final Section FILTER =
      Section.named("moby.Filter").text("name").shown().texts("values").shown();

  static final List<Mechanism> ALL =
      List.of(
          Mechanism.http("consul", consul()),
          Mechanism.http("docker", docker()),
          Mechanism.http("dockerswarm", dockerswarm()),
          Mechanism.http("kubernetes", kubernetes(), "kubeconfig_file"),
          Mechanism.http("marathon", marathon(), "auth_token_file"),
          Mechanism.http("nomad", nomad()));

  private ClusterDiscoverySections() {}

  private static Section consul() {
    return Section.named("consul.plain")
        .text("server")
        .initially("localhost:8500")
        .text("path_prefix")
        .secret("token")
        .text("datacenter")
        .text("namespace")
        .text("partition")
        .text("tag_separator")
        .initially(",")
        .text("scheme")
        .initially("http")
        .text("username")
        .secret("password")
        .bool("allow_stale")
        .initially(true)
        .shown()
        .duration("refresh_interval")
        .initially(Duration.ofSeconds(30))
        .texts("services")
        .texts("tags")
        .map("node_meta", Scalar.TEXT)
        .text("filter")
        .text("health_filter")
        .inlineKeys(HttpSections.KEYS)
        .check(ClusterDiscoverySections::checkConsul)
        .check(HttpSections::check);
  }

  private static void checkConsul(Values values) {
    if (values.text("server").isBlank()) {
      values.refuse("server", "consul SD configuration requires a server address");
    }
    boolean user = !values.text("username").isEmpty() || !values.secret("password").isEmpty();
    if (user && values.optional("basic_auth") != null) {
      values.refuse(
          "basic_auth",
          "at most one of consul SD configuration username and password and basic auth can be"
              + " configured");
    }
    boolean other = values.optional("authorization") != null || values.optional("oauth2") != null;
    if (!values.secret("token").isEmpty() && other) {
      values.refuse(
          "token", "at most one of consul SD token, authorization, or oauth2 can be configured");
    }
  }

  private static Section docker() {
    return Section.named("moby.plain")
        .inlineKeys(HttpSections.KEYS)
        .text("host")
        .shown()
        .integer("port")
        .initially(80L)
        .shown()
        .sections("filters", FILTER)
        .shown()
        .text("host_networking_host")
        .initially("localhost")
        .shown()
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(1))
        .shown()
        .bool("match_first_network")
        .initially(true)
        .shown()
        .check(ClusterDiscoverySections::checkHost)
        .check(HttpSections::check);
  }

  private static Section dockerswarm() {
    return Section.named("moby.plain")
        .inlineKeys(HttpSections.KEYS)
        .text("host")
        .shown()
        .text("role")
        .shown()
        .integer("port")
        .initially(80L)
        .shown()
        .sections("filters", FILTER)
        .shown()
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(1))
        .shown()
        .check(ClusterDiscoverySections::checkHost)
        .check(
            values -> {
              String role = values.text("role");
              if (role.isEmpty()) {
                values.refuse("role", "role missing (one of: tasks, services, nodes)");
              } else if (!Set.of("services", "nodes", "tasks").contains(role)) {
                values.refuse(
                    "role", "invalid role " + role + ", expected tasks, services, or nodes");
              }
            })
        .check(HttpSections::check);
  }

  private static void checkHost(Values values) {
    if (values.text("host").isEmpty()) {
      values.refuse("host", "host missing");
      return;
    }
    try {
      GoUrl.parse(values.text("host"));
    } catch (IllegalArgumentException e) {
      values.refuse("host", e.getMessage());
    }
  }

  private static Section kubernetes() {
    String unknownRole = "unknown Kubernetes SD role %q";
    Section namespaces =
        Section.named("kubernetes.plain").bool("own_namespace").shown().texts("names").shown();
    Section selector =
        Section.named("kubernetes.SelectorConfig")
            .choice(
                "role", "string", unknownRole, SELECTORS_BY_ROLE.keySet().toArray(String[]::new))
            .text("label")
            .text("field");
    Section metadata =
        Section.named("kubernetes.AttachMetadataConfig")
            .bool("node")
            .shown()
            .bool("namespace")
            .shown()
            .bool("deployment")
            .shown()
            .bool("job")
            .shown()
            .bool("cronjob")
            .shown();
    return Section.named("kubernetes.plain")
        .url("api_server")
        .choice("role", "string", unknownRole, SELECTORS_BY_ROLE.keySet().toArray(String[]::new))
        .shown()
        .text("kubeconfig_file")
        .shown()
        .inlineKeys(HttpSections.KEYS)
        .section("namespaces", namespaces)
        .sections("selectors", selector)
        .section("attach_metadata", metadata)
        .check(ClusterDiscoverySections::checkKubernetes)
        .check(HttpSections::check)
        .check(ClusterDiscoverySections::checkSelectors);
  }

  private static void checkKubernetes(Values values) {
    if (values.text("role").isEmpty()) {
      values.refuse(
          "role", "role missing (one of: pod, service, endpoints, endpointslice, node, ingress)");
    }
    boolean server = !values.text("api_server").isEmpty();
    boolean kubeconfig = !values.text("kubeconfig_file").isEmpty();
    boolean customHttp = !HttpSections.isDefault(values);
    boolean own = values.section("namespaces").bool("own_namespace");
    if (server && kubeconfig) {
      values.refuse(
          "kubeconfig_file", "cannot use 'kubeconfig_file' and 'api_server' simultaneously");
    }
    if (kubeconfig && customHttp) {
      values.refuse(
          "kubeconfig_file",
          "cannot use a custom HTTP client configuration together with 'kubeconfig_file'");
    }
    if (!server && customHttp) {
      values.refuse(
          "to use custom HTTP client configuration please provide the 'api_server' URL"
              + " explicitly");
    }
    if (own && server) {
      values.refuse(
          "namespaces", "cannot use 'api_server' and 'namespaces.own_namespace' simultaneously");
    }
    if (own && kubeconfig) {
      values.refuse(
          "namespaces",
          "cannot use 'kubeconfig_file' and 'namespaces.own_namespace' simultaneously");
    }
  }

  private static void checkSelectors(Values values) {
    List<String> allowed = SELECTORS_BY_ROLE.getOrDefault(values.text("role"), List.of());
    List<@Nullable Values> selectors = values.sections("selectors");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < selectors.size(); i++) {
      Values selector = selectors.get(i);
      String role = selector == null ? "" : selector.text("role");
      if (!seen.add(role)) {
        values.refuseEntry("selectors", i, "duplicated selector role: " + role);
      } else if (!allowed.isEmpty() && !allowed.contains(role)) {
        values.refuseEntry(
            "selectors",
            i,
            values.text("role")
                + " role supports only "
                + String.join(", ", allowed)
                + " selectors");
      }
    }
  }

  private static Section marathon() {
    return Section.named("marathon.plain")
        .texts("servers")
        .duration("refresh_interval")
        .initially(Duration.ofSeconds(30))
        .secret("auth_token")
        .text("auth_token_file")
        .inlineKeys(HttpSections.KEYS)
        .check(ClusterDiscoverySections::checkMarathon)
        .check(HttpSections::check);
  }

  private static void checkMarathon(Values values) {
    if (values.texts("servers").isEmpty()) {
      values.refuse("servers", "marathon_sd: must contain at least one Marathon server");
    }
    boolean token = !values.secret("auth_token").isEmpty();
    boolean file = !values.text("auth_token_file").isEmpty();
    if (token && file) {
      values.refuse(
          "auth_token",
          "marathon_sd: at most one of auth_token & auth_token_file must be configured");
    }
    if (!token && !file) {
      return;
    }
    if (values.optional("basic_auth") != null) {
      values.refuse(
          "basic_auth",
          "marathon_sd: at most one of basic_auth, auth_token & auth_token_file must be"
              + " configured");
    } else if (!values.secret("bearer_token").isEmpty()
        || !values.text("bearer_token_file").isEmpty()) {
      values.refuse(
          "marathon_sd: at most one of bearer_token, bearer_token_file, auth_token &"
              + " auth_token_file must be configured");
    } else if (values.optional("authorization") != null) {
      values.refuse(
          "authorization",
          "marathon_sd: at most one of auth_token, auth_token_file & authorization must be"
              + " configured");
    }
  }

  private static Section nomad() {
    return Section.named("nomad.plain")
        .bool("allow_stale")
        .initially(true)
        .shown()
        .inlineKeys(HttpSections.KEYS)
        .text("namespace")
        .initially("default")
        .shown()
        .duration("refresh_interval")
        .initially(Duration.ofMinutes(1))
        .shown()
        .text("region")
        .initially("global")
        .shown()
        .text("server")
        .initially("http://localhost:4646")
        .shown()
        .text("tag_separator")
        .initially(",")
        .check(
            values -> {
              if (values.text("server").isBlank()) {
                values.refuse("server", "nomad SD configuration requires a server address");
              }
            })
        .check(HttpSections::check);
  }
}

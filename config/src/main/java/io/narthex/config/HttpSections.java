package io.narthex.config;

import io.narthex.config.yaml.Section;
import io.narthex.config.yaml.Values;
import io.narthex.config.yaml.YamlType.ListOf;
import io.narthex.config.yaml.YamlType.Nested;
import io.narthex.config.yaml.YamlType.Scalar;
import io.narthex.http.client.OAuth2Config;
import io.narthex.http.client.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of {@code http_config} and its parts, and Prometheus' checks of them. */
final class HttpSections {
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-prometheus-scrape-timeout-seconds",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private static final String UNKNOWN_TLS_VERSION = "unknown TLS version: %s";

  private static final List<String> KEY_NAMES =
      List.of(
          "basic_auth",
          "authorization",
          "oauth2",
          "bearer_token",
          "bearer_token_file",
          "tls_config",
          "follow_redirects",
          "enable_http2",
          "proxy_url",
          "no_proxy",
          "proxy_from_environment",
          "proxy_connect_header",
          "http_headers");

  private static final Section PROXY =
      Section.named("config.plain")
          .url("proxy_url")
          .text("no_proxy")
          .bool("proxy_from_environment")
          .map("proxy_connect_header", new ListOf(Scalar.SECRET, false));

  static final Section TLS =
      Section.named("config.plain")
          .text("ca")
          .text("cert")
          .secret("key")
          .text("ca_file")
          .text("cert_file")
          .text("key_file")
          .text("ca_ref")
          .text("cert_ref")
          .text("key_ref")
          .text("server_name")
          .bool("insecure_skip_verify")
          .shown()
          .choice("min_version", "string", UNKNOWN_TLS_VERSION, "TLS10", "TLS11", "TLS12", "TLS13")
          .choice("max_version", "string", UNKNOWN_TLS_VERSION, "TLS10", "TLS11", "TLS12", "TLS13")
          .check(HttpSections::checkTls);

  private static final Section BASIC_AUTH =
      Section.named("config.plain")
          .text("username")
          .text("username_file")
          .text("username_ref")
          .secret("password")
          .text("password_file")
          .text("password_ref")
          .check(values -> refuseReferences(values, "username_ref", "password_ref"));

  private static final Section AUTHORIZATION =
      Section.named("config.Authorization")
          .text("type")
          .secret("credentials")
          .text("credentials_file")
          .text("credentials_ref")
          .check(values -> refuseReferences(values, "credentials_ref"));

  private static final Section OAUTH2 =
      Section.named("config.plain")
          .text("client_id")
          .secret("client_secret")
          .text("client_secret_file")
          .text("client_secret_ref")
          .text("client_certificate_key_id")
          .secret("client_certificate_key")
          .text("client_certificate_key_file")
          .text("client_certificate_key_ref")
          .text("grant_type")
          .text("signature_algorithm")
          .text("iss")
          .text("audience")
          .map("claims", Scalar.ANY)
          .texts("scopes")
          .text("token_url")
          .map("endpoint_params", Scalar.TEXT)
          .section("tls_config", TLS)
          .inlineKeys(PROXY)
          .check(HttpSections::checkProxy)
          .check(
              values ->
                  refuseReferences(values, "client_secret_ref", "client_certificate_key_ref"));

  private static final Section HEADER =
      Section.named("config.Header").texts("values").list("secrets", Scalar.SECRET).texts("files");

  /** The keys alone; the checks follow where the section's own checks must come first. */
  static final Section KEYS =
      Section.named("config.plain")
          .optional("basic_auth", BASIC_AUTH)
          .optional("authorization", AUTHORIZATION)
          .optional("oauth2", OAUTH2)
          .secret("bearer_token")
          .text("bearer_token_file")
          .section("tls_config", TLS)
          .bool("follow_redirects")
          .initially(true)
          .shown()
          .bool("enable_http2")
          .initially(true)
          .shown()
          .inlineKeys(PROXY)
          .map("http_headers", new Nested(HEADER, true));

  /** Keys and checks. */
  static final Section HTTP = Section.named("config.plain").inline(KEYS).check(HttpSections::check);

  private HttpSections() {}

  /** Whether all is as without any key. */
  static boolean isDefault(Values values) {
    return KEY_NAMES.stream().noneMatch(values::isSet);
  }

  /** Checks the keys of http_config in a section that has inlined them. */
  static void check(Values values) {
    checkBearerToken(values);
    Values basic = values.optional("basic_auth");
    if (basic != null) {
      if (!basic.text("username").isEmpty() && !basic.text("username_file").isEmpty()) {
        basic.refuse(
            "at most one of basic_auth username, username_file & username_ref must be configured");
      }
      if (!basic.secret("password").isEmpty() && !basic.text("password_file").isEmpty()) {
        basic.refuse(
            "at most one of basic_auth password, password_file & password_ref must be configured");
      }
    }
    checkAuthorization(values);
    checkOAuth2(values);
    checkProxy(values);
    for (String header : values.map("http_headers").keySet()) {
      if (RESERVED_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
        values.refuse(
            "http_headers", "setting header \"" + canonical(header) + "\" is not allowed");
      }
    }
  }

  private static void checkBearerToken(Values values) {
    boolean token = !values.secret("bearer_token").isEmpty();
    boolean file = !values.text("bearer_token_file").isEmpty();
    if (token && file) {
      values.refuse(
          "bearer_token", "at most one of bearer_token & bearer_token_file must be configured");
    }
    if (!token && !file) {
      return;
    }
    if (values.optional("basic_auth") != null || values.optional("oauth2") != null) {
      values.refuse(
          token ? "bearer_token" : "bearer_token_file",
          "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured");
    } else if (values.optional("authorization") != null) {
      values.refuse(
          "authorization", "authorization is not compatible with bearer_token & bearer_token_file");
    } else {
      Values authorization = AUTHORIZATION.defaults(values, "authorization");
      authorization.set("type", "Bearer");
      authorization.set("credentials", values.secret("bearer_token"));
      authorization.set("credentials_file", values.text("bearer_token_file"));
      values.set("authorization", authorization);
      values.set("bearer_token", Secret.EMPTY);
      values.set("bearer_token_file", "");
    }
  }

  private static void checkAuthorization(Values values) {
    Values authorization = values.optional("authorization");
    if (authorization == null) {
      return;
    }
    if (!authorization.secret("credentials").isEmpty()
        && !authorization.text("credentials_file").isEmpty()) {
      authorization.refuse(
          "at most one of authorization credentials & credentials_file must be configured");
    }
    String type = authorization.text("type").strip();
    authorization.set("type", type.isEmpty() ? "Bearer" : type);
    if (type.equalsIgnoreCase("basic")) {
      authorization.refuse(
          "type", "authorization type cannot be set to \"basic\", use \"basic_auth\" instead");
    }
    if (values.optional("basic_auth") != null || values.optional("oauth2") != null) {
      authorization.refuse("at most one of basic_auth, oauth2 & authorization must be configured");
    }
  }

  private static void checkOAuth2(Values values) {
    Values oauth2 = values.optional("oauth2");
    if (oauth2 == null) {
      return;
    }
    if (values.optional("basic_auth") != null) {
      oauth2.refuse("at most one of basic_auth, oauth2 & authorization must be configured");
    }
    if (oauth2.text("client_id").isEmpty()) {
      oauth2.refuse("client_id", "oauth2 client_id must be configured");
    }
    if (oauth2.text("token_url").isEmpty()) {
      oauth2.refuse("token_url", "oauth2 token_url must be configured");
    }
    if (oauth2.text("grant_type").equals(OAuth2Config.JWT_BEARER)) {
      if (!oauth2.secret("client_certificate_key").isEmpty()
          && !oauth2.text("client_certificate_key_file").isEmpty()) {
        oauth2.refuse(
            "at most one of oauth2 client_certificate_key, client_certificate_key_file &"
                + " client_certificate_key_ref must be configured using grant-type="
                + OAuth2Config.JWT_BEARER);
      }
      String algorithm = oauth2.text("signature_algorithm");
      if (!algorithm.isEmpty() && !Set.of("RS256", "RS384", "RS512").contains(algorithm)) {
        oauth2.refuse(
            "signature_algorithm", "valid signature algorithms are RS256, RS384 and RS512");
      }
    } else if (!oauth2.secret("client_secret").isEmpty()
        && !oauth2.text("client_secret_file").isEmpty()) {
      oauth2.refuse(
          "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be"
              + " configured using grant-type=client_credentials");
    }
  }

  private static void checkProxy(Values values) {
    boolean url = !values.text("proxy_url").isEmpty();
    boolean environment = values.bool("proxy_from_environment");
    if (!values.map("proxy_connect_header").isEmpty() && !environment && !url) {
      values.refuse(
          "proxy_connect_header",
          "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be"
              + " configured");
    }
    if (environment && url) {
      values.refuse(
          "proxy_url", "if proxy_from_environment is configured, proxy_url must not be configured");
    }
    boolean noProxy = !values.text("no_proxy").isEmpty();
    if (environment && noProxy) {
      values.refuse(
          "no_proxy", "if proxy_from_environment is configured, no_proxy must not be configured");
    } else if (!values.isSet("proxy_url") && noProxy) {
      values.refuse("no_proxy", "if no_proxy is configured, proxy_url must also be configured");
    }
  }

  private static void checkTls(Values tls) {
    boolean cert = !tls.text("cert").isEmpty();
    boolean certFile = !tls.text("cert_file").isEmpty();
    boolean key = !tls.secret("key").isEmpty();
    boolean keyFile = !tls.text("key_file").isEmpty();
    if (!tls.text("ca").isEmpty() && !tls.text("ca_file").isEmpty()) {
      tls.refuse("at most one of ca, ca_file & ca_ref must be configured");
    }
    if (cert && certFile) {
      tls.refuse("at most one of cert, cert_file & cert_ref must be configured");
    }
    if (key && keyFile) {
      tls.refuse("at most one of key and key_file must be configured");
    }
    if ((cert || certFile) && !key && !keyFile) {
      tls.refuse(
          "exactly one of key or key_file must be configured when a client certificate is"
              + " configured");
    } else if ((key || keyFile) && !cert && !certFile) {
      tls.refuse(
          "exactly one of cert or cert_file must be configured when a client key is configured");
    }
    refuseReferences(tls, "ca_ref", "cert_ref", "key_ref");
  }

  /** Upstream reads these keys for other programs; a server has no secret store to ask. */
  private static void refuseReferences(Values values, String... names) {
    for (String name : names) {
      if (!values.text(name).isEmpty()) {
        values.refuse(name, "cannot use secret ref without manager; give the value or a file");
      }
    }
  }

  private static String canonical(String header) {
    StringBuilder out = new StringBuilder(header.toLowerCase(Locale.ROOT));
    boolean start = true;
    for (int i = 0; i < out.length(); i++) {
      if (start) {
        out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
      }
      start = out.charAt(i) == '-';
    }
    return out.toString();
  }

  /** The values of a map that may hold empty sections. */
  static Map<String, @Nullable Values> headers(Values values) {
    return values.map("http_headers");
  }
}

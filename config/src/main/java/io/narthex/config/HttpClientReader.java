package io.narthex.config;

import io.narthex.config.yaml.Values;
import io.narthex.http.client.Authorization;
import io.narthex.http.client.BasicAuth;
import io.narthex.http.client.HttpClientConfig;
import io.narthex.http.client.HttpHeaders;
import io.narthex.http.client.OAuth2Config;
import io.narthex.http.client.ProxyConfig;
import io.narthex.http.client.Secret;
import io.narthex.http.client.TlsConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the settings of a client from the keys of http_config. */
final class HttpClientReader {
  private HttpClientReader() {}

  static HttpClientConfig read(Values values) {
    return new HttpClientConfig(
        Optional.ofNullable(values.optional("basic_auth")).map(HttpClientReader::basicAuth),
        Optional.ofNullable(values.optional("authorization")).map(HttpClientReader::authorization),
        Optional.ofNullable(values.optional("oauth2")).map(HttpClientReader::oauth2),
        tls(values.section("tls_config")),
        values.bool("follow_redirects"),
        values.bool("enable_http2"),
        proxy(values),
        headers(values));
  }

  /** Joins every file path with the folder of the file that named it. */
  static void resolvePaths(Values values, Folder folder) {
    folder.resolve(values, "bearer_token_file");
    resolveTls(values.section("tls_config"), folder);
    Values basic = values.optional("basic_auth");
    if (basic != null) {
      folder.resolve(basic, "username_file", "password_file");
    }
    Values authorization = values.optional("authorization");
    if (authorization != null) {
      folder.resolve(authorization, "credentials_file");
    }
    Values oauth2 = values.optional("oauth2");
    if (oauth2 != null) {
      folder.resolve(oauth2, "client_secret_file", "client_certificate_key_file");
      resolveTls(oauth2.section("tls_config"), folder);
    }
    for (Values header : HttpSections.headers(values).values()) {
      if (header != null) {
        folder.resolveList(header, "files");
      }
    }
  }

  static void resolveTls(Values tls, Folder folder) {
    folder.resolve(tls, "ca_file", "cert_file", "key_file");
  }

  private static BasicAuth basicAuth(Values values) {
    return new BasicAuth(
        values.text("username"),
        values.text("username_file"),
        values.secret("password"),
        values.text("password_file"));
  }

  private static Authorization authorization(Values values) {
    return new Authorization(
        values.text("type"), values.secret("credentials"), values.text("credentials_file"));
  }

  private static OAuth2Config oauth2(Values values) {
    return new OAuth2Config(
        values.text("client_id"),
        values.secret("client_secret"),
        values.text("client_secret_file"),
        values.text("client_certificate_key_id"),
        values.secret("client_certificate_key"),
        values.text("client_certificate_key_file"),
        values.text("grant_type"),
        values.text("signature_algorithm"),
        values.text("iss"),
        values.text("audience"),
        values.map("claims"),
        values.texts("scopes"),
        values.text("token_url"),
        values.map("endpoint_params"),
        tls(values.section("tls_config")),
        proxy(values));
  }

  static TlsConfig tls(Values values) {
    return new TlsConfig(
        values.text("ca"),
        values.text("ca_file"),
        values.text("cert"),
        values.text("cert_file"),
        values.secret("key"),
        values.text("key_file"),
        values.text("server_name"),
        values.bool("insecure_skip_verify"),
        values.text("min_version"),
        values.text("max_version"));
  }

  private static ProxyConfig proxy(Values values) {
    return new ProxyConfig(
        values.text("proxy_url"),
        values.text("no_proxy"),
        values.bool("proxy_from_environment"),
        values.<List<Secret>>map("proxy_connect_header"));
  }

  @SuppressWarnings("unchecked")
  private static HttpHeaders headers(Values values) {
    Map<String, HttpHeaders.Values> headers = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Values> entry : HttpSections.headers(values).entrySet()) {
      Values header = entry.getValue();
      if (header != null) {
        headers.put(
            entry.getKey(),
            new HttpHeaders.Values(
                header.texts("values"),
                (List<Secret>) (List<?>) header.texts("secrets"),
                header.texts("files")));
      }
    }
    return new HttpHeaders(headers);
  }
}

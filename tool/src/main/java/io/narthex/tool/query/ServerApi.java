package io.narthex.tool.query;

import io.narthex.http.client.BodyBuffer;
import io.narthex.http.client.HttpClientConfig;
import io.narthex.http.client.Transport;
import io.narthex.http.client.TransportException;
import io.narthex.http.client.TransportRequest;
import io.narthex.http.client.TransportResponse;
import io.narthex.http.client.TransportRuntime;
import io.narthex.tool.ToolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The HTTP API of a server. */
public final class ServerApi {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final String base;

  /**
   * @param server its URL, with a path in front of the API's where it has one
   * @throws ToolException where that is no URL of HTTP
   */
  public ServerApi(String server) {
    try {
      URI uri = new URI(server);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme();
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new ToolException(
            "server \"" + server + "\" is no URL: write http://host:port or https://host:port");
      }
    } catch (URISyntaxException e) {
      throw new ToolException("server \"" + server + "\" is no URL: " + e.getMessage(), e);
    }
    this.base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
  }

  /**
   * The JSON that a path answers with.
   *
   * @param parameters those that are empty are left out
   * @throws ToolException where there is no answer, or it is an error
   */
  public Object get(String path, Map<String, String> parameters) {
    StringBuilder url = new StringBuilder(base).append(path);
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (!parameter.getValue().isEmpty()) {
        url.append(separator).append(parameter.getKey()).append('=');
        url.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
        separator = '&';
      }
    }
    BodyBuffer body = new BodyBuffer(1 << 12);
    TransportResponse response;
    try (TransportRuntime runtime = new TransportRuntime();
        Transport transport = new Transport(HttpClientConfig.DEFAULT, runtime)) {
      URI uri = URI.create(url.toString());
      response = transport.send(TransportRequest.get(uri, Map.of(), TIMEOUT), body);
    } catch (TransportException e) {
      throw new ToolException("cannot ask the server: " + e.getMessage(), e);
    }
    String text = new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
    return answer(path, response, text);
  }

  private Object answer(String path, TransportResponse response, String text) {
    if (!response.contentType().startsWith("application/json")) {
      String hint = response.status() == 404 ? ": it does not offer that" : "";
      throw new ToolException(base + path + " answered " + response.statusLine() + hint);
    }
    Map<String, Object> answer = JsonTree.object(JsonTree.parse(text));
    if (response.status() != 200 || !"success".equals(answer.get("status"))) {
      throw new ToolException(answer.get("errorType") + ": " + answer.get("error"));
    }
    return answer.getOrDefault("data", Map.of());
  }
}

package io.narthex.tool.query;

import io.narthex.http.client.BodyBuffer;
import io.narthex.http.client.HttpClientConfig;
import io.narthex.http.client.ProxyConfig;
import io.narthex.http.client.Transport;
import io.narthex.http.client.TransportException;
import io.narthex.http.client.TransportRequest;
import io.narthex.http.client.TransportResponse;
import io.narthex.http.client.TransportRuntime;
import io.narthex.tool.JsonTree;
import io.narthex.tool.ToolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The HTTP API of a server. */
public final class ServerApi implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Of servers, or what stands before them, that take no POST. */
  private static final Set<Integer> TRY_GET = Set.of(403, 405, 501);

  /** Of answers that have an error of the API as body. */
  private static final Set<Integer> API_ERRORS = Set.of(400, 422);

  private final String base;
  private final Map<String, String> headers;
  private final TransportRuntime runtime = new TransportRuntime();
  private final Transport transport;

  /**
   * What a server says.
   *
   * @param data as {@link JsonTree} has it
   */
  public record Answer(Object data, List<String> warnings) {
    public Answer {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param headers sent with every request
   * @throws ToolException where the settings cannot be used, as certificates that do not exist
   */
  public ServerApi(ServerUrl server, HttpClientConfig config, Map<String, String> headers) {
    this.base = server.base();
    this.headers = Map.copyOf(headers);
    HttpClientConfig withLogin = server.login().map(config::withBasicAuth).orElse(config);
    try {
      this.transport = new Transport(withLogin, runtime);
    } catch (TransportException e) {
      runtime.close();
      throw new ToolException(
          "narthex: error: Failed to create a new HTTP round tripper: " + e.getMessage(), e);
    }
  }

  /** How promtool speaks HTTP where no file says how: by the proxies of the environment. */
  public static HttpClientConfig defaultConfig() {
    HttpClientConfig plain = HttpClientConfig.DEFAULT;
    return new HttpClientConfig(
        plain.basicAuth(),
        plain.authorization(),
        plain.oauth2(),
        plain.tls(),
        plain.followRedirects(),
        plain.enableHttp2(),
        new ProxyConfig("", "", true, Map.of()),
        plain.headers());
  }

  /**
   * Asks by GET.
   *
   * @param path of the API, escaped
   * @throws ToolException where there is no answer, or it is an error
   */
  public Answer get(String path, Parameters parameters) {
    BodyBuffer body = new BodyBuffer(1 << 12);
    return answer(send(getRequest(path, parameters), body), body);
  }

  /**
   * Asks by POST, which has no limit of length, and by GET where that is not allowed.
   *
   * @throws ToolException where there is no answer, or it is an error
   */
  public Answer post(String path, Parameters parameters) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    byte[] form = parameters.encoded().getBytes(StandardCharsets.UTF_8);
    BodyBuffer body = new BodyBuffer(1 << 12);
    TransportResponse response =
        send(TransportRequest.post(URI.create(base + path), all, form, TIMEOUT), body);
    if (TRY_GET.contains(response.status())) {
      body.clear();
      response = send(getRequest(path, parameters), body);
    }
    return answer(response, body);
  }

  private TransportRequest getRequest(String path, Parameters parameters) {
    return TransportRequest.get(
        URI.create(base + path + "?" + parameters.encoded()), headers, TIMEOUT);
  }

  private TransportResponse send(TransportRequest request, BodyBuffer body) {
    try {
      return transport.send(request, body);
    } catch (TransportException e) {
      throw new ToolException(e.getMessage(), e);
    }
  }

  private static Answer answer(TransportResponse response, BodyBuffer body) {
    String text = new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
    int status = response.status();
    if (status / 100 != 2 && !API_ERRORS.contains(status)) {
      throw failure(status, text.strip());
    }
    Map<String, Object> answer;
    try {
      answer = JsonTree.object(JsonTree.parse(text));
    } catch (ToolException e) {
      throw new ApiException(status, "bad_response", e.getMessage(), "");
    }
    if ("error".equals(answer.get("status"))) {
      throw new ApiException(
          status, JsonTree.text(answer, "errorType"), JsonTree.text(answer, "error"), "");
    }
    if (status / 100 != 2) {
      throw new ApiException(status, "bad_response", "inconsistent body for response code", "");
    }
    List<String> warnings =
        JsonTree.list(answer.get("warnings")).stream().map(String::valueOf).toList();
    return new Answer(answer.getOrDefault("data", Map.of()), warnings);
  }

  private static ApiException failure(int status, String detail) {
    return switch (status / 100) {
      case 4 -> new ApiException(status, "client_error", "client error: " + status, detail);
      case 5 -> new ApiException(status, "server_error", "server error: " + status, detail);
      default -> new ApiException(status, "bad_response", "bad response code " + status, detail);
    };
  }

  @Override
  public void close() {
    transport.close();
    runtime.close();
  }
}

package io.narthex.tool.query;

import io.narthex.http.client.BasicAuth;
import io.narthex.http.client.Secret;
import io.narthex.tool.ToolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a server is.
 *
 * @param base its URL without a slash at the end and without credentials
 * @param login the credentials that the URL had
 */
public record ServerUrl(String base, Optional<BasicAuth> login) {
  /**
   * @throws ToolException where the text is no URL of HTTP
   */
  public static ServerUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new ToolException("server \"" + text + "\" is no URL: " + e.getMessage(), e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getRawAuthority() == null) {
      throw new ToolException(
          "server \"" + text + "\" is no URL: write http://host:port or https://host:port");
    }
    String authority = uri.getRawAuthority();
    String address = authority.substring(authority.lastIndexOf('@') + 1);
    String path = uri.getRawPath().replaceAll("/+$", "");
    return new ServerUrl(scheme + "://" + address + path, login(uri.getUserInfo()));
  }

  private static Optional<BasicAuth> login(String userInfo) {
    if (userInfo == null) {
      return Optional.empty();
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Optional.of(new BasicAuth(user, new Secret(password)));
  }
}

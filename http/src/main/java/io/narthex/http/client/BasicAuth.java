package io.narthex.http.client;

/**
 * User and password of the basic scheme, each given here or in a file, whose content counts at the
 * time of the request. What is not given is empty.
 */
public record BasicAuth(
    String username, String usernameFile, Secret password, String passwordFile) {
  public BasicAuth(String username, Secret password) {
    this(username, "", password, "");
  }
}

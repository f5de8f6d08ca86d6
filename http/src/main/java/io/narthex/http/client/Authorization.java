package io.narthex.http.client;

/**
 * The content of the Authorization header: a type and credentials, these given here or in a file
 * that is read at each request. Without credentials no header is sent.
 */
public record Authorization(String type, Secret credentials, String credentialsFile) {
  public static Authorization bearer(Secret credentials) {
    return new Authorization("Bearer", credentials, "");
  }
}

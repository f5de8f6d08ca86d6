package io.narthex.http.client;

/**
 * TLS of a client: PEM text given here or in files. What is not given is empty.
 *
 * @param serverName the name to expect in the server's certificate; empty for the host of the URL
 * @param minVersion {@code TLS10} to {@code TLS13}; empty for TLS 1.2
 * @param maxVersion likewise; empty for the newest
 */
public record TlsConfig(
    String ca,
    String caFile,
    String cert,
    String certFile,
    Secret key,
    String keyFile,
    String serverName,
    boolean insecureSkipVerify,
    String minVersion,
    String maxVersion) {
  public static final TlsConfig DEFAULT =
      new TlsConfig("", "", "", "", Secret.EMPTY, "", "", false, "", "");
}

package io.narthex.http.client;

import io.narthex.http.tls.Pem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS as a configuration says. Certificates and keys in files are read again when the files have
 * changed, at most once a second; connections that exist go on with what they have.
 */
final class ClientTls {
  private static final long CHECK_NANOS = 1_000_000_000L;
  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final int DEFAULT_MIN_VERSION = 2;

  private final TlsConfig config;
  private final SslContextFactory.Client factory;
  private long checkedNanos;
  private String fingerprint;

  ClientTls(TlsConfig config) throws TransportException {
    this.config = config;
    this.fingerprint = fingerprint();
    this.checkedNanos = System.nanoTime();
    this.factory = new Factory(config);
    configure(factory);
    try {
      factory.start();
    } catch (Exception e) {
      throw unusable(e);
    }
  }

  SslContextFactory.Client factory() {
    return factory;
  }

  /** Takes over changed files. */
  synchronized void refresh() throws TransportException {
    long now = System.nanoTime();
    if (now - checkedNanos < CHECK_NANOS) {
      return;
    }
    checkedNanos = now;
    String current = fingerprint();
    if (current.equals(fingerprint)) {
      return;
    }
    try {
      factory.reload(
          reloaded -> {
            try {
              configure((SslContextFactory.Client) reloaded);
            } catch (TransportException e) {
              throw new IllegalStateException(e.getMessage(), e);
            }
          });
      fingerprint = current;
    } catch (Exception e) {
      throw unusable(e);
    }
  }

  private void configure(SslContextFactory.Client target) throws TransportException {
    try {
      String ca = text("CA cert", config.ca(), config.caFile());
      if (!ca.isEmpty()) {
        target.setTrustStore(Pem.trustStore(ca));
      }
      String cert = text("client cert", config.cert(), config.certFile());
      if (!cert.isEmpty()) {
        String key = text("client key", config.key().value(), config.keyFile());
        target.setKeyStore(Pem.keyStore(cert, key));
        target.setKeyStorePassword("");
      }
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
    target.setIncludeProtocols(versions());
    target.setExcludeProtocols();
  }

  private static String text(String what, String inline, String file) throws TransportException {
    return file.isEmpty() ? inline : FileContent.read(what, file);
  }

  private String[] versions() {
    int min = config.minVersion().isEmpty() ? DEFAULT_MIN_VERSION : version(config.minVersion());
    int max = config.maxVersion().isEmpty() ? VERSIONS.size() - 1 : version(config.maxVersion());
    List<String> allowed = new ArrayList<>();
    for (int i = min; i <= max; i++) {
      allowed.add(VERSIONS.get(i));
    }
    return allowed.toArray(new String[0]);
  }

  /** {@code TLS12} is the third. */
  private static int version(String name) {
    return Math.clamp(name.charAt(name.length() - 1) - '0', 0, VERSIONS.size() - 1);
  }

  private String fingerprint() {
    StringBuilder out = new StringBuilder();
    for (String file : List.of(config.caFile(), config.certFile(), config.keyFile())) {
      if (!file.isEmpty()) {
        java.io.File f = Path.of(file).toFile();
        out.append(f.lastModified()).append('/').append(f.length()).append(' ');
      }
    }
    return out.toString();
  }

  private static TransportException unusable(Exception e) {
    return e instanceof TransportException known
        ? known
        : new TransportException(
            TransportException.Kind.CONFIG, "unusable TLS settings: " + e.getMessage(), e);
  }

  /** Expects the configured name in the server's certificate, and asks for it by SNI. */
  private static final class Factory extends SslContextFactory.Client {
    private final String serverName;

    Factory(TlsConfig config) {
      super(config.insecureSkipVerify());
      this.serverName = config.serverName();
      setEndpointIdentificationAlgorithm(config.insecureSkipVerify() ? null : "HTTPS");
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
      return super.newSSLEngine(serverName.isEmpty() ? host : serverName, port);
    }
  }
}

package io.narthex.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS against a server with a certificate of its own making, named {@code server.test}. */
final class TransportTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;
  private static TransportRuntime runtime;
  private static KeyStore serverStore;
  private static KeyStore clientStore;
  private static SSLServerSocket server;

  @BeforeAll
  static void start() throws Exception {
    runtime = new TransportRuntime();
    serverStore = keyStore("server", "-ext", "san=dns:server.test");
    clientStore = keyStore("client");
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(serverStore, PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trustOnly(clientStore, "client"));
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setWantClientAuth(true);
    Thread.ofVirtual().start(TransportTlsTest::serve);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    runtime.close();
  }

  /** Answers with the protocol and whether the client has shown a certificate. */
  private static void serve() {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.startHandshake();
        InputStream in = socket.getInputStream();
        int lineEnds = 0;
        for (int c = in.read(); c >= 0 && lineEnds < 2; c = in.available() > 0 ? in.read() : -1) {
          lineEnds = c == '\n' ? lineEnds + 1 : c == '\r' ? lineEnds : 0;
        }
        boolean known;
        try {
          known = socket.getSession().getPeerCertificates().length > 0;
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
          known = false;
        }
        String body = socket.getSession().getProtocol() + (known ? " known" : " unknown");
        socket
            .getOutputStream()
            .write(
                ("HTTP/1.1 200 OK\r\nContent-Length: "
                        + body.length()
                        + "\r\nConnection: close\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // A client that does not like the certificate goes away.
      }
    }
  }

  private static KeyStore keyStore(String name, String... extensions) throws Exception {
    Path file = folder.resolve(name + ".p12");
    java.util.List<String> command =
        new java.util.ArrayList<>(
            java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(java.util.List.of(extensions));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static KeyStore trustOnly(KeyStore from, String alias) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setCertificateEntry(alias, from.getCertificate(alias));
    return store;
  }

  private static String certificate(KeyStore store, String alias) throws Exception {
    return pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
  }

  private static String key(KeyStore store, String alias) throws Exception {
    return pem("PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static String get(TlsConfig tls) throws TransportException {
    HttpClientConfig d = HttpClientConfig.DEFAULT;
    HttpClientConfig config =
        new HttpClientConfig(
            d.basicAuth(), d.authorization(), d.oauth2(), tls, true, true, d.proxy(), d.headers());
    try (Transport transport = new Transport(config, runtime)) {
      BodyBuffer body = new BodyBuffer(64);
      transport.send(
          TransportRequest.get(URI.create(url()), Map.of(), Duration.ofSeconds(10)), body);
      return new String(body.bytes(), 0, body.length(), StandardCharsets.US_ASCII);
    }
  }

  private static String url() {
    return "https://127.0.0.1:" + server.getLocalPort() + "/";
  }

  @Test
  void trustsTheConfiguredAuthorityUnderTheConfiguredName() throws Exception {
    String ca = certificate(serverStore, "server");
    assertThat(get(new TlsConfig(ca, "", "", "", Secret.EMPTY, "", "server.test", false, "", "")))
        .isEqualTo("TLSv1.3 unknown");
    assertThat(
            get(
                new TlsConfig(
                    ca, "", "", "", Secret.EMPTY, "", "server.test", false, "TLS12", "TLS12")))
        .isEqualTo("TLSv1.2 unknown");
  }

  @Test
  void showsAClientCertificateFromFiles() throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), certificate(serverStore, "server"));
    Path cert = Files.writeString(folder.resolve("c.pem"), certificate(clientStore, "client"));
    Path key = Files.writeString(folder.resolve("k.pem"), key(clientStore, "client"));
    assertThat(
            get(
                new TlsConfig(
                    "",
                    ca.toString(),
                    "",
                    cert.toString(),
                    Secret.EMPTY,
                    key.toString(),
                    "server.test",
                    false,
                    "",
                    "")))
        .isEqualTo("TLSv1.3 known");
  }

  @Test
  void refusesUnknownAuthorities() {
    assertThatThrownBy(() -> get(TlsConfig.DEFAULT))
        .hasMessage(
            "Get \""
                + url()
                + "\": tls: failed to verify certificate: x509: certificate signed by unknown"
                + " authority");
  }

  @Test
  void refusesAnotherName() throws Exception {
    String ca = certificate(serverStore, "server");
    assertThatThrownBy(
            () -> get(new TlsConfig(ca, "", "", "", Secret.EMPTY, "", "", false, "", "")))
        .hasMessageContaining("tls: failed to verify certificate: x509: ");
  }

  @Test
  void verifiesNothingWhereToldSo() throws Exception {
    assertThat(get(new TlsConfig("", "", "", "", Secret.EMPTY, "", "", true, "", "")))
        .isEqualTo("TLSv1.3 unknown");
  }

  @Test
  void namesUnreadableFilesAtOnce() {
    assertThatThrownBy(
            () ->
                get(
                    new TlsConfig(
                        "", "/does/not/exist.pem", "", "", Secret.EMPTY, "", "", false, "", "")))
        .hasMessage("unable to read CA cert /does/not/exist.pem: no such file or directory");
    assertThatThrownBy(
            () -> get(new TlsConfig("no pem", "", "", "", Secret.EMPTY, "", "", false, "", "")))
        .hasMessage("unusable TLS settings: no CERTIFICATE section in PEM text");
  }
}

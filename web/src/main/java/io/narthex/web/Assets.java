package io.narthex.web;

import io.narthex.http.server.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The UI's files: resources below one folder of the class path, kept in memory from their first use
 * on. A file may have a twin whose name ends in {@code .gz}, which is sent to clients that can read
 * it.
 */
final class Assets {
  private static final int ETAG_BYTES = 16;

  /** One file, as it is and, unless empty, compressed. */
  record Asset(String contentType, byte[] bytes, byte[] gzip, String etag) {
    /** Answers with the file, or with 304 if the client has it. */
    void send(Exchange exchange, boolean immutable) throws IOException {
      exchange.responseHeader("ETag", etag);
      exchange.responseHeader(
          "Cache-Control", immutable ? "public, max-age=31536000, immutable" : "no-cache");
      exchange.responseHeader("Vary", "Accept-Encoding");
      if (exchange.header("If-None-Match").filter(etag::equals).isPresent()) {
        exchange.respondEmpty(304);
      } else if (gzip.length > 0
          && exchange.header("Accept-Encoding").orElse("").contains("gzip")) {
        exchange.responseHeader("Content-Encoding", "gzip");
        exchange.respond(200, contentType, gzip);
      } else {
        exchange.respond(200, contentType, bytes);
      }
    }
  }

  private final ClassLoader loader;
  private final String folder;
  private final Map<String, Optional<Asset>> known = new ConcurrentHashMap<>();

  /**
   * @param folder in the class path, with a slash at its end
   */
  Assets(ClassLoader loader, String folder) {
    this.loader = loader;
    this.folder = folder;
  }

  /** The file of this path below the folder. */
  Optional<Asset> find(String path) {
    Optional<Asset> asset = known.get(path);
    if (asset == null) {
      asset = load(path);
      // Paths that do not exist are not kept: there is no end to them.
      asset.ifPresent(found -> known.put(path, Optional.of(found)));
    }
    return asset;
  }

  private Optional<Asset> load(String path) {
    if (path.contains("..") || path.contains("//") || path.endsWith("/") || path.endsWith(".gz")) {
      return Optional.empty();
    }
    byte[] bytes = read(path);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    return Optional.of(new Asset(ContentType.of(path), bytes, read(path + ".gz"), etag(bytes)));
  }

  private byte[] read(String path) {
    try (InputStream in = loader.getResourceAsStream(folder + path)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read UI file " + path, e);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JDK has SHA-256", e);
    }
  }
}

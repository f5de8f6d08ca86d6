package io.narthex.web;

import io.narthex.http.server.Exchange;
import io.narthex.http.server.ResponseStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** `/user/…`: files of the folder that {@code --web.user-assets} names. */
final class UserAssetsHandler {
  private final Path folder;

  UserAssetsHandler(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  void file(Exchange exchange) throws IOException {
    Path file = resolve(exchange.pathParameter("filepath"));
    if (Files.isDirectory(file)) {
      file = file.resolve("index.html");
    }
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      exchange.respondError(404, "404 page not found");
      return;
    }
    try (ResponseStream out = exchange.output(ContentType.of(file.toString()))) {
      Files.copy(file, out);
    }
  }

  private Path resolve(String path) {
    try {
      return folder.resolve(path.substring(1)).normalize();
    } catch (InvalidPathException e) {
      return folder.getRoot();
    }
  }
}

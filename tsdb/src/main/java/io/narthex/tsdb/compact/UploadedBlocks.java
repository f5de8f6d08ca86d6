package io.narthex.tsdb.compact;

import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Holds blocks of level 1 back from compaction until a file, which an uploader writes, lists them:
 * {@code {"uploaded": ["<ULID>", …]}}. The file is read once a minute; while it cannot be read,
 * nothing is held back. One thread at a time.
 */
public final class UploadedBlocks implements Predicate<BlockMeta> {
  private static final Logger LOG = LoggerFactory.getLogger(UploadedBlocks.class);
  private static final long FRESH_NANOS = 60_000_000_000L;
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private Optional<Set<String>> uploaded = Optional.empty();
  private long readAt;

  public UploadedBlocks(Path file) {
    this.file = file;
  }

  /** Whether the block must wait. */
  @Override
  public boolean test(BlockMeta block) {
    if (block.compaction().level() > 1) {
      return false;
    }
    if (uploaded.isEmpty() || System.nanoTime() - readAt > FRESH_NANOS) {
      uploaded = read();
      readAt = System.nanoTime();
    }
    return uploaded.isPresent() && !uploaded.get().contains(block.ulid().toString());
  }

  private Optional<Set<String>> read() {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("path", file)
          .addKeyValue("err", FileErrors.reason(e))
          .log("cannot open TSDB upload meta file");
    } catch (JacksonException e) {
      LOG.atWarn()
          .addKeyValue("path", file)
          .addKeyValue("err", e.getOriginalMessage())
          .log("cannot parse TSDB upload meta file");
    }
    return Optional.empty();
  }

  private static Optional<Set<String>> parse(String text) {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Set<String> names = new HashSet<>();
      boolean inList = false;
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        switch (token) {
          case PROPERTY_NAME -> inList = in.currentName().equals("uploaded");
          case VALUE_STRING -> {
            if (inList) {
              names.add(in.getString());
            }
          }
          default -> {}
        }
      }
      return Optional.of(names);
    }
  }
}

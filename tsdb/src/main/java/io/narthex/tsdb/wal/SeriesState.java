package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.Crc32c;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What {@code series_state.json} beside the segments says of the references that are in use. The
 * file is that of Prometheus' feature {@code fast-startup}, with a few fields more, which
 * Prometheus passes over.
 *
 * @param lastSeriesId the newest reference when the file was written
 * @param lastSegment the newest segment then
 * @param cleanShutdown whether the writer ended and left nothing out
 * @param reservedSeriesId no reference above is in use as long as {@code lastSegment} is the newest
 *     segment; 0 where the writer did not say
 * @param unmergedFrom from this segment on series may have a reference that is not their first; -1
 *     where none is known to have
 */
public record SeriesState(
    long lastSeriesId,
    int lastSegment,
    boolean cleanShutdown,
    long reservedSeriesId,
    int unmergedFrom) {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesState.class);
  private static final String NAME = "series_state.json";
  private static final String CHECKSUM = "narthex_checksum";
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a log's file; empty where there is none or it makes no sense. */
  public static Optional<SeriesState> read(Path walFolder) {
    Path file = walFolder.resolve(NAME);
    try {
      return Optional.of(parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("err", e.getMessage())
          .log("Series state is unreadable; the log is looked through instead");
      return Optional.empty();
    }
  }

  private static SeriesState parse(String text) {
    long last = -1;
    int segment = -1;
    boolean clean = false;
    long reserved = 0;
    int unmerged = -1;
    OptionalLong checksum = OptionalLong.empty();
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "last_series_id" -> last = in.getLongValue();
          case "last_wal_segment" -> segment = in.getIntValue();
          case "clean_shutdown" -> clean = in.getBooleanValue();
          case "narthex_reserved_series_id" -> reserved = in.getLongValue();
          case "narthex_unmerged_from" -> unmerged = in.getIntValue();
          case CHECKSUM -> checksum = OptionalLong.of(in.getLongValue());
          default -> in.skipChildren();
        }
      }
    }
    if (last < 0 || reserved < 0) {
      throw new IllegalArgumentException("last_series_id is missing or negative");
    }
    SeriesState state = new SeriesState(last, segment, clean, reserved, unmerged);
    // Prometheus writes none, and nothing of ours either.
    if (checksum.isPresent() ? checksum.getAsLong() != state.checksum() : reserved > 0) {
      throw new IllegalArgumentException("checksum mismatch");
    }
    return state;
  }

  /**
   * Replaces a log's file.
   *
   * @param durable whether it must survive a crash of the machine too
   */
  public void write(Path walFolder, boolean durable) {
    Path file = walFolder.resolve(NAME);
    Path temporary = walFolder.resolve(NAME + ".tmp");
    try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
      out.write(json().getBytes(StandardCharsets.UTF_8));
      if (durable) {
        out.getFD().sync();
      }
    } catch (IOException e) {
      Folders.delete(temporary);
      throw new StorageException("cannot write " + temporary + ": " + FileErrors.reason(e), e);
    }
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StorageException("cannot replace " + file + ": " + FileErrors.reason(e), e);
    }
  }

  private String json() {
    return fields() + ",\"" + CHECKSUM + "\":" + checksum() + "}\n";
  }

  /** A wrong number could give a reference to a second series. */
  private long checksum() {
    byte[] bytes = fields().getBytes(StandardCharsets.UTF_8);
    return Crc32c.of(bytes, 0, bytes.length) & 0xFFFFFFFFL;
  }

  private String fields() {
    return "{\"last_series_id\":"
        + lastSeriesId
        + ",\"last_wal_segment\":"
        + lastSegment
        + ",\"clean_shutdown\":"
        + cleanShutdown
        + ",\"narthex_reserved_series_id\":"
        + reservedSeriesId
        + (unmergedFrom < 0 ? "" : ",\"narthex_unmerged_from\":" + unmergedFrom);
  }
}

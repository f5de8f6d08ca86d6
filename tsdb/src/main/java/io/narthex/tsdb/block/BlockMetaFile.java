package io.narthex.tsdb.block;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Reads and writes meta.json, byte for byte as Prometheus indents it. */
public final class BlockMetaFile {
  public static final String NAME = "meta.json";

  private BlockMetaFile() {}

  /**
   * @throws StorageException where the file cannot be read, is malformed or of another version
   */
  public static BlockMeta read(Path blockFolder) {
    BlockMeta meta = readAnyVersion(blockFolder);
    if (meta.version() != BlockMeta.VERSION) {
      throw new StorageException(
          blockFolder.resolve(NAME) + ": unexpected meta file version " + meta.version());
    }
    return meta;
  }

  static BlockMeta readAnyVersion(Path blockFolder) {
    Path path = blockFolder.resolve(NAME);
    try {
      return BlockMetaJson.parse(Files.readString(path));
    } catch (IOException e) {
      throw new StorageException("cannot read " + path + ": " + FileErrors.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new StorageException(path + ": " + e.getMessage(), e);
    }
  }

  /** Replaces the file as a whole and syncs it to disk. */
  public static void write(Path blockFolder, BlockMeta meta) {
    Path temporary = blockFolder.resolve(NAME + ".tmp");
    writeSynced(temporary, json(meta).getBytes(StandardCharsets.UTF_8));
    Folders.rename(temporary, blockFolder.resolve(NAME));
  }

  /** Writes a file that gets its name later; nothing is left of it where that fails. */
  static void writeSynced(Path path, byte[] bytes) {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      Folders.delete(path);
      throw new StorageException("cannot write " + path + ": " + FileErrors.reason(e), e);
    }
  }

  /** The file's content, tabs for indentation. */
  public static String json(BlockMeta meta) {
    StringBuilder out = new StringBuilder(512);
    out.append("{\n\t\"ulid\": \"").append(meta.ulid());
    out.append("\",\n\t\"minTime\": ").append(meta.minTime());
    out.append(",\n\t\"maxTime\": ").append(meta.maxTime());
    out.append(",\n\t\"stats\": ");
    stats(out, meta.stats());
    out.append(",\n\t\"compaction\": ");
    compaction(out, meta.compaction());
    out.append(",\n\t\"version\": ").append(meta.version());
    return out.append("\n}").toString();
  }

  private static void stats(StringBuilder out, BlockMeta.Stats stats) {
    int start = out.append('{').length();
    count(out, start, "numSamples", stats.samples());
    count(out, start, "numFloatSamples", stats.floatSamples());
    count(out, start, "numHistogramSamples", stats.histogramSamples());
    count(out, start, "numSeries", stats.series());
    count(out, start, "numChunks", stats.chunks());
    count(out, start, "numTombstones", stats.tombstones());
    out.append(out.length() == start ? "}" : "\n\t}");
  }

  private static void count(StringBuilder out, int start, String name, long value) {
    if (value != 0) {
      out.append(out.length() == start ? "\n\t\t\"" : ",\n\t\t\"");
      out.append(name).append("\": ").append(value);
    }
  }

  private static void compaction(StringBuilder out, BlockMeta.Compaction compaction) {
    out.append("{\n\t\t\"level\": ").append(compaction.level());
    strings(out, "sources", compaction.sources());
    if (compaction.deletable()) {
      out.append(",\n\t\t\"deletable\": true");
    }
    if (!compaction.parents().isEmpty()) {
      out.append(",\n\t\t\"parents\": [");
      String separator = "\n\t\t\t{";
      for (BlockMeta.Parent parent : compaction.parents()) {
        out.append(separator);
        out.append("\n\t\t\t\t\"ulid\": \"").append(parent.ulid());
        out.append("\",\n\t\t\t\t\"minTime\": ").append(parent.minTime());
        out.append(",\n\t\t\t\t\"maxTime\": ").append(parent.maxTime()).append("\n\t\t\t}");
        separator = ",\n\t\t\t{";
      }
      out.append("\n\t\t]");
    }
    if (compaction.failed()) {
      out.append(",\n\t\t\"failed\": true");
    }
    strings(out, "hints", compaction.hints());
    out.append("\n\t}");
  }

  private static void strings(StringBuilder out, String name, List<?> values) {
    if (values.isEmpty()) {
      return;
    }
    out.append(",\n\t\t\"").append(name).append("\": [");
    String separator = "\n\t\t\t\"";
    for (Object value : values) {
      out.append(separator);
      BlockMetaJson.escape(out, value.toString());
      out.append('"');
      separator = ",\n\t\t\t\"";
    }
    out.append("\n\t\t]");
  }
}

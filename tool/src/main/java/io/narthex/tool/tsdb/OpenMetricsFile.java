package io.narthex.tool.tsdb;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.SpanPredictor;
import io.narthex.exposition.openmetrics.OpenMetricsCursor;
import io.narthex.tool.ToolException;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A file of OpenMetrics text of any size, read in pieces as often as there is need to. */
final class OpenMetricsFile {
  private static final int PIECE_BYTES = 4 << 20;

  /** Takes the entries of the file. */
  interface Visitor {
    /**
     * An entry; the cursor stands on it.
     *
     * @throws ToolException where it cannot be used; the place in the file is added
     */
    void entry(Entry entry, OpenMetricsCursor cursor);

    /** So much of the file has been read. */
    void progress(long bytes, long of);
  }

  private final Path path;
  private byte[] piece = new byte[PIECE_BYTES + 1];
  private int length;
  private long lines;

  OpenMetricsFile(Path path) {
    this.path = path;
  }

  /**
   * Goes over the whole file.
   *
   * @param errors what stands in front of errors of the format
   * @throws ToolException where the file cannot be read or is malformed
   */
  void read(String errors, Visitor visitor) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      read(channel, errors, visitor);
    } catch (IOException e) {
      throw new ToolException("read " + path + ": " + FileErrors.reason(e), e);
    }
  }

  private void read(FileChannel channel, String errors, Visitor visitor) throws IOException {
    OpenMetricsCursor cursor = new OpenMetricsCursor(SpanPredictor.NONE);
    long size = channel.size();
    int rest = 0;
    boolean first = true;
    boolean last = false;
    lines = 0;
    while (!last) {
      fill(channel, rest);
      last = channel.position() >= size;
      int end = last ? length : lastLineEnd();
      if (end == 0 && !last) {
        piece = Arrays.copyOf(piece, grown());
        rest = length;
        continue;
      }
      // The cursor writes behind the piece, where the next one starts.
      byte behind = piece[end];
      if (first) {
        cursor.resetToFirst(piece, end, last);
      } else {
        cursor.goOn(piece, end, last);
      }
      first = false;
      visit(cursor, errors, visitor);
      piece[end] = behind;
      lines += lineEnds(end);
      rest = length - end;
      System.arraycopy(piece, end, piece, 0, rest);
      visitor.progress(channel.position() - rest, size);
    }
  }

  private int grown() {
    if (piece.length > Integer.MAX_VALUE / 4) {
      throw new ToolException(path + ": line " + (lines + 1) + " is too long");
    }
    return 2 * piece.length;
  }

  /** Fills the array, but for its last byte, behind what is there. */
  private void fill(FileChannel channel, int rest) throws IOException {
    ByteBuffer room = ByteBuffer.wrap(piece, rest, piece.length - 1 - rest);
    while (room.hasRemaining() && channel.read(room) >= 0) {
      // Until the array is full or the file is over.
    }
    length = room.position();
  }

  private int lastLineEnd() {
    int end = length;
    while (end > 0 && piece[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void visit(OpenMetricsCursor cursor, String errors, Visitor visitor) {
    try {
      for (Entry entry = cursor.next(); entry != Entry.END; entry = cursor.next()) {
        visitor.entry(entry, cursor);
      }
    } catch (ExpositionException e) {
      throw new ToolException(errors + e.getMessage() + place(cursor), e);
    } catch (ToolException e) {
      throw new ToolException(e.getMessage() + place(cursor), e);
    }
  }

  private String place(OpenMetricsCursor cursor) {
    long line = lines + lineEnds(Math.min(length, cursor.lineStart())) + 1;
    return " (" + path + ", line " + line + ")";
  }

  private long lineEnds(int before) {
    long count = 0;
    for (int i = 0; i < before; i++) {
      count += piece[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  /**
   * The file to read instead where a path names a pipe, which can be read only once: a copy, to be
   * deleted. A regular file is read where it is.
   */
  static Path seekable(Path path) {
    try {
      if (Files.isRegularFile(path)) {
        return path;
      }
      Path copy = Files.createTempFile("narthex-openmetrics", ".txt");
      copy.toFile().deleteOnExit();
      try (var in = Files.newInputStream(path);
          var out = Files.newOutputStream(copy)) {
        in.transferTo(out);
      }
      return copy;
    } catch (IOException e) {
      throw new ToolException("read " + path + ": " + FileErrors.reason(e), e);
    }
  }
}

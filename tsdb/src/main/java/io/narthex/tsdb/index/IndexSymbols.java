package io.narthex.tsdb.index;

import io.narthex.tsdb.encoding.MappedFile;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The symbol table of an open index. It stays in the file; the last strings that were asked for are
 * kept, so that those of common labels are made once.
 */
final class IndexSymbols {
  /** The position of every so many symbols is known; the others are found by walking. */
  private static final int STRIDE = 16;

  private static final int MAX_KEPT = 1 << 13;

  private final MappedFile file;
  private final int version;
  private final long start;
  private final int count;
  private final int[] offsets;

  /**
   * Strings by the low bits of their numbers. Threads may race to fill an entry; the loser's is as
   * good, and records can be published without a lock.
   */
  private final @Nullable Kept[] kept;

  private record Kept(int number, String text) {}

  IndexSymbols(MappedFile file, int version, long start) {
    this.file = file;
    this.version = version;
    this.start = start;
    long length = file.u32(start) & 0xFFFFFFFFL;
    file.checkCrc32c(start + 4, length, "symbol table");
    count = file.u32(start + 4);
    if (count < 0 || count > length) {
      throw file.corrupted(
          start + 4, "symbol table of " + count + " symbols in " + length + " bytes");
    }
    offsets = new int[(count + STRIDE - 1) / STRIDE];
    kept = new Kept[Math.min(MAX_KEPT, Integer.highestOneBit(Math.max(1, count)) << 1)];
    MappedReader reader = new MappedReader(file, start + 8);
    for (int i = 0; i < count; i++) {
      if (i % STRIDE == 0) {
        offsets[i / STRIDE] = (int) (reader.position() - start);
      }
      reader.skipString();
    }
  }

  int count() {
    return count;
  }

  /** The symbol that a series entry refers to: by number, in version 1 by file offset. */
  String lookup(long reference) {
    if (version == IndexFormat.V1) {
      return new MappedReader(file, reference).string();
    }
    if (reference < 0 || reference >= count) {
      throw file.corrupted(start, "unknown symbol offset " + reference);
    }
    int number = (int) reference;
    Kept known = kept[number & (kept.length - 1)];
    return known != null && known.number == number ? known.text : make(number);
  }

  private String make(int number) {
    MappedReader reader = new MappedReader(file, start + (offsets[number / STRIDE] & 0xFFFFFFFFL));
    for (int i = number % STRIDE; i > 0; i--) {
      reader.skipString();
    }
    String symbol = reader.string();
    kept[number & (kept.length - 1)] = new Kept(number, symbol);
    return symbol;
  }

  /** Memory taken, in bytes, roughly. */
  long sizeBytes() {
    long bytes = 4L * offsets.length + 4L * kept.length;
    for (Kept entry : kept) {
      if (entry != null) {
        bytes += 24 + 40 + entry.text.length();
      }
    }
    return bytes;
  }

  /** All symbols in ascending order. */
  Iterator<String> iterator() {
    MappedReader reader = new MappedReader(file, start + 8);
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public String next() {
        if (next++ >= count) {
          throw new NoSuchElementException();
        }
        return reader.string();
      }
    };
  }
}

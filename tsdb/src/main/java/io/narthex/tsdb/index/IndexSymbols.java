package io.narthex.tsdb.index;

import io.narthex.tsdb.encoding.MappedFile;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The symbol table of an open index. Strings are made when they are first asked for and kept, so
 * that equal ones of a block are the same object.
 */
final class IndexSymbols {
  /** The position of every so many symbols is known; the others are found by walking. */
  private static final int STRIDE = 16;

  private static final int PAGE = 1024;

  private final MappedFile file;
  private final int version;
  private final long start;
  private final int count;
  private final int[] offsets;

  /**
   * Strings made so far. Threads may race to fill a page or an entry; the loser's is as good, and
   * strings can be published without a lock.
   */
  private final String[][] pages;

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
    pages = new String[(count + PAGE - 1) / PAGE][];
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
    String[] page = pages[number / PAGE];
    if (page != null) {
      String known = page[number % PAGE];
      if (known != null) {
        return known;
      }
    }
    return make(number);
  }

  private String make(int number) {
    MappedReader reader = new MappedReader(file, start + (offsets[number / STRIDE] & 0xFFFFFFFFL));
    for (int i = number % STRIDE; i > 0; i--) {
      reader.skipString();
    }
    String symbol = reader.string();
    String[] page = pages[number / PAGE];
    if (page == null) {
      page = new String[PAGE];
      pages[number / PAGE] = page;
    }
    page[number % PAGE] = symbol;
    return symbol;
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

package io.narthex.tsdb.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds symbols by their UTF-8 bytes, so that a replay makes a string of a text only once. The
 * caller holds the index lock.
 */
final class SymbolBytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int PAGE_BITS = 16;
  private static final int PAGE_BYTES = 1 << PAGE_BITS;
  private static final int MAX_BYTES = 1024;

  private final SymbolTable symbols;
  private final HashDirectory known = new HashDirectory();

  /** By symbol: where its bytes are, 0 where they are not known, and how many. */
  private int[] positions = new int[1024];

  private int[] lengths = new int[1024];

  /** By symbol: the hash code of its string. */
  private int[] hashCodes = new int[1024];

  private byte[][] pages = {new byte[PAGE_BYTES]};

  /** Where the next bytes go; 0 is never used. */
  private int end = 1;

  SymbolBytes(SymbolTable symbols) {
    this.symbols = symbols;
  }

  /** The symbol of a text, a new one where it has none. */
  int intern(byte[] from, int offset, int length) {
    int hash = hash(from, offset, length);
    for (int slot = known.first(hash); slot >= 0; slot = known.next(hash, slot)) {
      int id = known.id(hash, slot);
      if (lengths[id] == length && same(positions[id], from, offset, length)) {
        return id;
      }
    }
    return learn(hash, from, offset, length);
  }

  /** {@link String#hashCode} of a symbol that {@link #intern} gave. */
  int hashCode(int id) {
    return hashCodes[id];
  }

  private boolean same(int position, byte[] from, int offset, int length) {
    int at = position & (PAGE_BYTES - 1);
    return Arrays.equals(
        pages[position >>> PAGE_BITS], at, at + length, from, offset, offset + length);
  }

  private int learn(int hash, byte[] from, int offset, int length) {
    String text = new String(from, offset, length, StandardCharsets.UTF_8);
    int id = symbols.intern(text);
    if (id >= positions.length) {
      int capacity = Math.max(id + 1, positions.length * 2);
      positions = Arrays.copyOf(positions, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      hashCodes = Arrays.copyOf(hashCodes, capacity);
    }
    hashCodes[id] = text.hashCode();
    // Bytes that are no valid UTF-8 may have the symbol of others already.
    if (length <= MAX_BYTES && positions[id] == 0) {
      positions[id] = store(from, offset, length);
      lengths[id] = length;
      known.add(hash, id);
    }
    return id;
  }

  private int store(byte[] from, int offset, int length) {
    if ((end & (PAGE_BYTES - 1)) + length > PAGE_BYTES || end >>> PAGE_BITS == pages.length) {
      end = pages.length << PAGE_BITS;
      pages = Arrays.copyOf(pages, pages.length + 1);
      pages[pages.length - 1] = new byte[PAGE_BYTES];
    }
    int position = end;
    System.arraycopy(
        from, offset, pages[position >>> PAGE_BITS], position & (PAGE_BYTES - 1), length);
    end += length;
    return position;
  }

  private static int hash(byte[] from, int offset, int length) {
    long h = length * MIX;
    int at = offset;
    int left = length;
    while (left > 8) {
      h = mixed(h ^ (long) LONG.get(from, at));
      at += 8;
      left -= 8;
    }
    long rest = 0;
    if (left >= 4) {
      rest = (int) INT.get(from, at) | (long) (int) INT.get(from, at + left - 4) << 32;
    } else if (left > 0) {
      rest = from[at] | from[at + (left >> 1)] << 8 | from[at + left - 1] << 16;
    }
    h = mixed(h ^ rest);
    return (int) (h >>> 32);
  }

  private static long mixed(long h) {
    long product = h * MIX;
    return product ^ (product >>> 29);
  }
}

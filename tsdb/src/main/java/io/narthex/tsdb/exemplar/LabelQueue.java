package io.narthex.tsdb.exemplar;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.encoding.ByteReader;
import io.narthex.tsdb.encoding.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Label sets as bytes, forgotten in the order in which they came: pages are filled from front to
 * back, and the first is used again once nothing in it is needed.
 *
 * <p>A label set is the number of labels, then name and value as length and UTF-8. It is found by
 * its position, which only grows and never changes.
 */
final class LabelQueue {
  private static final int PAGE_BITS = 16;
  private static final int PAGE_BYTES = 1 << PAGE_BITS;

  private final List<byte[]> pages = new ArrayList<>();
  private final ByteWriter encoded = new ByteWriter(256);

  /** The number of the page that is first in the list. */
  private long firstPage;

  private long end;

  /** Stores a label set, which must be smaller than a page, and returns its position. */
  long add(Labels labels) {
    encode(labels);
    int length = encoded.length();
    if (length > PAGE_BYTES) {
      throw new IllegalArgumentException("BUG: exemplar labels of " + length + " bytes");
    }
    long page = end >>> PAGE_BITS;
    if ((end + length - 1) >>> PAGE_BITS != page) {
      page++;
      end = page << PAGE_BITS;
    }
    while (firstPage + pages.size() <= page) {
      pages.add(new byte[PAGE_BYTES]);
    }
    long position = end;
    System.arraycopy(
        encoded.array(), 0, pages.get((int) (page - firstPage)), offset(position), length);
    end += length;
    return position;
  }

  private void encode(Labels labels) {
    encoded.clear();
    encoded.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      encoded.string(labels.name(i));
      encoded.string(labels.value(i));
    }
  }

  /** The label set at a position that {@link #add} gave and that was not dropped. */
  Labels labels(long position) {
    ByteReader in = reader(position);
    String[] pairs = new String[2 * in.count()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = in.string();
    }
    return Labels.ofSorted(pairs);
  }

  /** Whether a label set is stored at the position; mostly decided without decoding any text. */
  boolean equals(long position, Labels labels) {
    ByteReader in = reader(position);
    if (in.count() != labels.size()) {
      return false;
    }
    for (int i = 0; i < labels.size(); i++) {
      if (!nextEquals(in, labels.name(i)) || !nextEquals(in, labels.value(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean nextEquals(ByteReader in, String text) {
    ByteReader start = new ByteReader().reset(in.array(), in.position(), in.remaining());
    int length = start.count();
    byte[] bytes = in.array();
    int from = start.position();
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] < 0) {
        return in.string().equals(text);
      }
      if (i >= text.length() || bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    in.skip(from + length - in.position());
    return length == text.length();
  }

  private ByteReader reader(long position) {
    byte[] page = pages.get((int) ((position >>> PAGE_BITS) - firstPage));
    int from = offset(position);
    return new ByteReader().reset(page, from, PAGE_BYTES - from);
  }

  /** Forgets everything that was added before a position. */
  void dropBefore(long position) {
    while (firstPage < position >>> PAGE_BITS) {
      byte[] page = pages.removeFirst();
      firstPage++;
      // What is used again spares the garbage collector a page for every thousand exemplars.
      if (firstPage + pages.size() == (end >>> PAGE_BITS) + 1) {
        pages.add(page);
      }
    }
  }

  /** Forgets everything. */
  void clear() {
    while (pages.size() > 1) {
      pages.removeLast();
    }
    end = firstPage << PAGE_BITS;
  }

  long sizeBytes() {
    return (long) pages.size() * PAGE_BYTES;
  }

  private static int offset(long position) {
    return (int) position & (PAGE_BYTES - 1);
  }
}

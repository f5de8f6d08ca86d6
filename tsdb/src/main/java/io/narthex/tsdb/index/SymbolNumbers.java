package io.narthex.tsdb.index;

import io.narthex.model.labels.Utf8Order;
import java.util.Arrays;
import java.util.Iterator;

/** The symbols of an index being written, and the way back from a string to its number. */
final class SymbolNumbers {
  private String[] symbols = new String[1024];
  private int count;

  /** Open addressing: number + 1 of the symbol in the slot, 0 for none. */
  private int[] slots = new int[2048];

  /** Takes all symbols, which must ascend. */
  void addAll(Iterator<String> sorted) {
    while (sorted.hasNext()) {
      String symbol = sorted.next();
      if (count > 0 && Utf8Order.compare(symbols[count - 1], symbol) >= 0) {
        throw new IllegalStateException(
            "BUG: symbol \"" + symbol + "\" after \"" + symbols[count - 1] + "\"");
      }
      if (count == symbols.length) {
        symbols = Arrays.copyOf(symbols, 2 * count);
      }
      symbols[count++] = symbol;
    }
    index();
  }

  private void index() {
    slots = new int[Integer.highestOneBit(Math.max(16, count)) << 2];
    for (int i = 0; i < count; i++) {
      int slot = firstSlot(symbols[i]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }

  int count() {
    return count;
  }

  String symbol(int number) {
    return symbols[number];
  }

  int number(String symbol) {
    int slot = firstSlot(symbol);
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (symbols[number].equals(symbol)) {
        return number;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    throw new IllegalStateException("BUG: symbol entry for \"" + symbol + "\" does not exist");
  }

  private int firstSlot(String symbol) {
    int h = symbol.hashCode() * 0x9E3779B9;
    return (h ^ h >>> 16) & (slots.length - 1);
  }
}

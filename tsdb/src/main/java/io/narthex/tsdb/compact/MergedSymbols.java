package io.narthex.tsdb.compact;

import io.narthex.model.labels.Utf8Order;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Strings of several ascending lists as one, each once. */
final class MergedSymbols implements Iterator<String> {
  private final List<Iterator<String>> inputs = new ArrayList<>();
  private final List<String> heads = new ArrayList<>();

  MergedSymbols(List<Iterator<String>> all) {
    for (Iterator<String> input : all) {
      if (input.hasNext()) {
        inputs.add(input);
        heads.add(input.next());
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !inputs.isEmpty();
  }

  @Override
  public String next() {
    if (inputs.isEmpty()) {
      throw new NoSuchElementException();
    }
    String smallest = heads.getFirst();
    for (String head : heads) {
      smallest = Utf8Order.compare(head, smallest) < 0 ? head : smallest;
    }
    for (int i = inputs.size() - 1; i >= 0; i--) {
      if (heads.get(i).equals(smallest)) {
        advance(i);
      }
    }
    return smallest;
  }

  private void advance(int i) {
    if (inputs.get(i).hasNext()) {
      heads.set(i, inputs.get(i).next());
    } else {
      inputs.remove(i);
      heads.remove(i);
    }
  }
}

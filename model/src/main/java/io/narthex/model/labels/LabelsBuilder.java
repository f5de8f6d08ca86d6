package io.narthex.model.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes a label set step by step. Setting an empty value removes the label. Not safe for several
 * threads.
 */
public final class LabelsBuilder {
  private final List<String> pairs = new ArrayList<>();

  public LabelsBuilder(Labels base) {
    reset(base);
  }

  public LabelsBuilder() {}

  /** Starts again from a label set. */
  public LabelsBuilder reset(Labels base) {
    pairs.clear();
    for (int i = 0; i < base.size(); i++) {
      pairs.add(base.name(i));
      pairs.add(base.value(i));
    }
    return this;
  }

  public LabelsBuilder set(String name, String value) {
    if (value.isEmpty()) {
      return remove(name);
    }
    int at = lowerBound(name);
    if (at < pairs.size() && pairs.get(at).equals(name)) {
      pairs.set(at + 1, value);
    } else {
      pairs.add(at, value);
      pairs.add(at, name);
    }
    return this;
  }

  public LabelsBuilder remove(String name) {
    int at = lowerBound(name);
    if (at < pairs.size() && pairs.get(at).equals(name)) {
      pairs.remove(at + 1);
      pairs.remove(at);
    }
    return this;
  }

  /** The value as it stands now, empty where absent. */
  public String get(String name) {
    int at = lowerBound(name);
    return at < pairs.size() && pairs.get(at).equals(name) ? pairs.get(at + 1) : "";
  }

  public boolean has(String name) {
    int at = lowerBound(name);
    return at < pairs.size() && pairs.get(at).equals(name);
  }

  public int size() {
    return pairs.size() / 2;
  }

  public String name(int i) {
    return pairs.get(2 * i);
  }

  public String value(int i) {
    return pairs.get(2 * i + 1);
  }

  public Labels labels() {
    return Labels.ofSorted(pairs.toArray(new String[0]));
  }

  private int lowerBound(String name) {
    int low = 0;
    int high = pairs.size() / 2;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Utf8Order.compare(pairs.get(2 * middle), name) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 2 * low;
  }

  @Override
  public String toString() {
    return Arrays.toString(pairs.toArray());
  }
}

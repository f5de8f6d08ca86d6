package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the groups that series fall into by some of their labels: those of {@code by} and {@code
 * on}, or all but those of {@code without} and {@code ignoring}. Works on hashes of the label
 * strings, which mostly know theirs already; a label set is built once per group.
 *
 * <p>Without a list to keep, the metric name never counts.
 */
public final class GroupTable {
  private final String[] names;
  private final boolean keep;
  private final List<Labels> groups = new ArrayList<>();
  private final List<String[]> keptValues = new ArrayList<>();
  private final String[] values;
  private long[] hashes = new long[64];
  private int[] slots = new int[128];

  /**
   * @param names labels to keep or to leave out
   * @param keep whether to keep them
   */
  public GroupTable(List<String> names, boolean keep) {
    this.names = names.stream().distinct().sorted().toArray(String[]::new);
    this.keep = keep;
    this.values = new String[this.names.length];
    Arrays.fill(slots, -1);
  }

  public int size() {
    return groups.size();
  }

  /** The labels that all series of the group share. */
  public Labels labels(int group) {
    return groups.get(group);
  }

  /** The group of a series; a new one where it is the first of its kind. */
  public int group(SeriesList series, int i) {
    if (keep && names.length == 0 && !groups.isEmpty()) {
      return 0;
    }
    Labels labels = series.stored(i);
    boolean hidden = series.nameHidden();
    long hash = keep ? hashKept(labels, hidden) : hashRest(labels, hidden);
    int mask = slots.length - 1;
    int slot = (int) (hash ^ hash >>> 32) & mask;
    while (slots[slot] >= 0) {
      int group = slots[slot];
      if (hashes[group] == hash && same(group, labels, hidden)) {
        return group;
      }
      slot = slot + 1 & mask;
    }
    return add(slot, hash, labels, hidden);
  }

  private long hashKept(Labels labels, boolean hidden) {
    long hash = 0;
    for (int n = 0; n < names.length; n++) {
      String value = hidden && MetadataLabels.is(names[n]) ? "" : labels.get(names[n]);
      values[n] = value;
      hash = mix(hash, value);
    }
    return hash;
  }

  private long hashRest(Labels labels, boolean hidden) {
    long hash = 0;
    int n = labels.size();
    for (int i = 0; i < n; i++) {
      String name = labels.name(i);
      if (counts(name, hidden)) {
        hash = mix(mix(hash, name), labels.value(i));
      }
    }
    return hash;
  }

  private static long mix(long hash, String text) {
    long h = (hash ^ text.hashCode()) * 0x9E3779B97F4A7C15L;
    return h ^ h >>> 29;
  }

  /** Whether a label belongs to the rest that is neither left out nor the name. */
  private boolean counts(String name, boolean hidden) {
    if (name.equals(Labels.METRIC_NAME) || (hidden && MetadataLabels.is(name))) {
      return false;
    }
    for (String left : names) {
      if (left.equals(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean same(int group, Labels labels, boolean hidden) {
    if (keep) {
      return Arrays.equals(keptValues.get(group), values);
    }
    Labels known = groups.get(group);
    int at = 0;
    int n = labels.size();
    for (int i = 0; i < n; i++) {
      if (counts(labels.name(i), hidden)) {
        if (at == known.size()
            || !known.name(at).equals(labels.name(i))
            || !known.value(at).equals(labels.value(i))) {
          return false;
        }
        at++;
      }
    }
    return at == known.size();
  }

  private int add(int slot, long hash, Labels labels, boolean hidden) {
    int group = groups.size();
    if (keep) {
      String[] pairs = new String[2 * names.length];
      for (int n = 0; n < names.length; n++) {
        pairs[2 * n] = names[n];
        pairs[2 * n + 1] = values[n];
      }
      groups.add(Labels.of(pairs));
      keptValues.add(values.clone());
    } else {
      groups.add(labels.filter(name -> counts(name, hidden)));
    }
    if (group == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * group);
    }
    hashes[group] = hash;
    slots[slot] = group;
    if (2 * groups.size() > slots.length) {
      grow();
    }
    return group;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, -1);
    int mask = slots.length - 1;
    for (int group = 0; group < groups.size(); group++) {
      int slot = (int) (hashes[group] ^ hashes[group] >>> 32) & mask;
      while (slots[slot] >= 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = group;
    }
  }
}

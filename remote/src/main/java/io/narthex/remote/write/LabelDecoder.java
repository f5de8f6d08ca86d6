package io.narthex.remote.write;

import io.narthex.model.labels.LabelName;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.Utf8Order;
import io.narthex.remote.codec.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds labels from their bytes: sorted, checked as Prometheus' receiver checks them. */
final class LabelDecoder {
  private Labels labels = Labels.EMPTY;
  private String problem = "";

  private record Label(String name, String value) {}

  /** Decodes; false where the labels are not those of a series. */
  boolean decode(byte[] data, int from, int to) {
    List<Label> all = read(data, from, to);
    all.sort((a, b) -> Utf8Order.compare(a.name, b.name));
    labels = build(all);
    problem = problem(all);
    return problem.isEmpty();
  }

  Labels labels() {
    return labels;
  }

  /** Why the labels are invalid, empty where they are valid. */
  String problem() {
    return problem;
  }

  /** Labels whose names and values are taken as they come. */
  static Labels unchecked(byte[] data, int from, int to) {
    LabelsBuilder builder = new LabelsBuilder();
    for (Label label : read(data, from, to)) {
      builder.set(label.name, label.value);
    }
    return builder.labels();
  }

  private String problem(List<Label> all) {
    boolean named = false;
    for (int i = 0; i < all.size(); i++) {
      Label label = all.get(i);
      named |= label.name.equals(Labels.METRIC_NAME) && !label.value.isEmpty();
      boolean valid =
          LabelName.isValidUtf8(label.name)
              && (label.value.isEmpty() || LabelName.isValidUtf8(label.value));
      if (!valid) {
        return "invalid metric name or labels, got " + labels;
      }
    }
    if (!named) {
      return "invalid metric name or labels, got " + labels;
    }
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).name.equals(all.get(i - 1).name)) {
        return "invalid labels for series, labels "
            + labels
            + ", duplicated label "
            + all.get(i).name;
      }
    }
    return "";
  }

  private static Labels build(List<Label> sorted) {
    List<String> pairs = new ArrayList<>(2 * sorted.size());
    for (Label label : sorted) {
      if (!label.value.isEmpty()) {
        pairs.add(label.name);
        pairs.add(label.value);
      }
    }
    return Labels.ofSorted(pairs.toArray(new String[0]));
  }

  private static List<Label> read(byte[] data, int from, int to) {
    WireReader reader = new WireReader().reset(data, from, to);
    List<Label> all = new ArrayList<>();
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag == SeriesResolver.labelTag()) {
        int outer = reader.enter();
        all.add(label(reader, data));
        reader.leave(outer);
      } else {
        reader.skip(tag);
      }
    }
    return all;
  }

  private static Label label(WireReader reader, byte[] data) {
    String name = "";
    String value = "";
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag == (1 << 3 | WireReader.BYTES)) {
        name = text(reader, data);
      } else if (tag == (2 << 3 | WireReader.BYTES)) {
        value = text(reader, data);
      } else {
        reader.skip(tag);
      }
    }
    return new Label(name, value);
  }

  private static String text(WireReader reader, byte[] data) {
    int length = reader.length();
    int at = reader.position();
    reader.position(at + length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(data, at, length))
          .toString();
    } catch (CharacterCodingException e) {
      // An unpaired surrogate, which no valid text holds, keeps the label invalid.
      return "\udcff";
    }
  }
}

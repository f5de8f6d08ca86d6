package io.narthex.web.api.v1;

import io.narthex.web.json.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an endpoint answers.
 *
 * @param data writes the value of {@code data}
 * @param warnings as shown, in order
 * @param infos as shown, in order
 */
record Answer(Data data, List<String> warnings, List<String> infos) {
  /** Writes one JSON value. */
  @FunctionalInterface
  interface Data {
    void write(JsonWriter json) throws IOException;
  }

  /** Most annotations of a kind that are shown; one more line counts the others. */
  private static final int MAX_ANNOTATIONS = 10;

  /** Answered by 204 without a body. */
  static final Answer NONE = of(json -> {});

  static Answer of(Data data) {
    return new Answer(data, List.of(), List.of());
  }

  static Answer withWarnings(Data data, List<String> warnings) {
    return new Answer(data, capped(warnings, "warning"), List.of());
  }

  static Answer annotated(Data data, List<String> warnings, List<String> infos) {
    return new Answer(data, capped(warnings, "warning"), capped(infos, "info"));
  }

  /** A list of texts as data. */
  static Answer texts(List<String> texts, List<String> warnings) {
    return withWarnings(
        json -> {
          json.beginArray();
          for (String text : texts) {
            json.text(text);
          }
          json.endArray();
        },
        warnings);
  }

  private static List<String> capped(List<String> annotations, String kind) {
    if (annotations.size() <= MAX_ANNOTATIONS) {
      return annotations;
    }
    List<String> capped = new ArrayList<>(annotations.subList(0, MAX_ANNOTATIONS));
    capped.add(annotations.size() - MAX_ANNOTATIONS + " more " + kind + " annotations omitted");
    return capped;
  }
}

package io.narthex.remote.write;

/** The two kinds of request, by the name of their protobuf message. */
enum WriteMessage {
  V1("prometheus.WriteRequest"),
  V2("io.prometheus.write.v2.Request");

  private static final String PROTOBUF = "application/x-protobuf";

  private final String text;

  WriteMessage(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * @throws IllegalArgumentException with Prometheus' message
   */
  static WriteMessage ofContentType(String header) {
    String contentType = header.strip();
    if (contentType.isEmpty()) {
      return V1;
    }
    String[] parts = contentType.split(";", -1);
    if (!parts[0].equals(PROTOBUF)) {
      throw new IllegalArgumentException(
          "expected "
              + PROTOBUF
              + " as the first (media) part, got "
              + contentType
              + " content-type");
    }
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", -1);
      if (pair.length != 2) {
        throw new IllegalArgumentException(
            "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be"
                + " key-values, got "
                + parts[i]
                + " in "
                + contentType
                + " content-type");
      }
      if (pair[0].equals("proto")) {
        return named(pair[1], contentType);
      }
    }
    return V1;
  }

  private static WriteMessage named(String name, String contentType) {
    for (WriteMessage message : values()) {
      if (message.text.equals(name)) {
        return message;
      }
    }
    throw new IllegalArgumentException(
        "got "
            + contentType
            + " content type; unknown type for remote write protobuf message "
            + name
            + ", supported: "
            + V1.text
            + ", "
            + V2.text);
  }
}

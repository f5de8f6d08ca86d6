package io.narthex.exposition.negotiation;

import java.util.Optional;

/** The families of formats that a content type can name. */
public enum BodyFormat {
  TEXT("text/plain"),
  OPENMETRICS("application/openmetrics-text"),
  PROTOBUF("application/vnd.google.protobuf");

  private final String mediaType;

  BodyFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The format of a media type without parameters. */
  static Optional<BodyFormat> ofMediaType(String mediaType) {
    for (BodyFormat format : values()) {
      if (format.mediaType.equals(mediaType)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}

package io.narthex.http.client;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a gzip stream that comes in pieces, straight into the buffer of a body. Reused from body
 * to body, because an inflater holds native memory; belongs to one request at a time.
 */
final class GzipInflater implements AutoCloseable {
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HEADER_CRC = 2;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;

  /** What the next byte is part of, in the order of the format (RFC 1952). */
  private enum Part {
    HEADER,
    EXTRA_LENGTH,
    EXTRA_DATA,
    FILE_NAME,
    COMMENT_TEXT,
    CRC_OF_HEADER,
    DATA,
    END
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] fixed = new byte[FIXED_HEADER];
  private Part part = Part.HEADER;
  private int inPart;
  private int extraLength;
  private long memberLength;

  void reset() {
    inflater.reset();
    startMember();
  }

  private void startMember() {
    part = Part.HEADER;
    inPart = 0;
    memberLength = 0;
    crc.reset();
  }

  /**
   * Takes a piece of the stream.
   *
   * @param limit how many bytes of output are too many; 0 for no limit
   * @throws DataFormatException in Go's words where it is not gzip
   * @throws BodyLimitException where the body becomes too large
   */
  void accept(ByteBuffer input, BodySink out) throws DataFormatException, BodyLimitException {
    while (input.hasRemaining()) {
      if (part == Part.DATA) {
        data(input, out);
      } else {
        frame(input.get() & 0xff);
      }
    }
  }

  /** Whether the stream may end here. */
  boolean complete() {
    return part == Part.HEADER && inPart == 0;
  }

  private void data(ByteBuffer input, BodySink out) throws DataFormatException, BodyLimitException {
    inflater.setInput(input);
    try {
      while (!inflater.finished()) {
        BodyBuffer body = out.room();
        int from = body.length();
        int count = inflater.inflate(body.bytes(), from, body.capacity() - from - 1);
        if (count == 0) {
          if (inflater.needsDictionary()) {
            throw new DataFormatException("flate: dictionary needed");
          }
          if (inflater.needsInput()) {
            return;
          }
        }
        crc.update(body.bytes(), from, count);
        memberLength += count;
        out.wrote(count);
      }
    } catch (DataFormatException e) {
      throw new DataFormatException(
          "flate: corrupt input before offset " + inflater.getBytesRead());
    }
    part = Part.END;
    inPart = 0;
  }

  /** One byte of the header or of the trailer. */
  private void frame(int b) throws DataFormatException {
    switch (part) {
      case HEADER -> {
        fixed[inPart++] = (byte) b;
        if (inPart == FIXED_HEADER) {
          checkHeader();
          next(Part.EXTRA_LENGTH);
        }
      }
      case EXTRA_LENGTH -> {
        extraLength |= b << (8 * inPart++);
        if (inPart == 2) {
          next(Part.EXTRA_DATA);
        }
      }
      case EXTRA_DATA -> {
        if (++inPart == extraLength) {
          next(Part.FILE_NAME);
        }
      }
      case FILE_NAME -> {
        if (b == 0) {
          next(Part.COMMENT_TEXT);
        }
      }
      case COMMENT_TEXT -> {
        if (b == 0) {
          next(Part.CRC_OF_HEADER);
        }
      }
      case CRC_OF_HEADER -> {
        if (++inPart == 2) {
          next(Part.DATA);
        }
      }
      case END -> {
        fixed[inPart++] = (byte) b;
        if (inPart == TRAILER) {
          checkTrailer();
          inflater.reset();
          startMember();
        }
      }
      case DATA -> throw new IllegalStateException("BUG: data is not framing");
    }
  }

  private void checkHeader() throws DataFormatException {
    if (fixed[0] != 0x1f || (fixed[1] & 0xff) != 0x8b || fixed[2] != 8) {
      throw new DataFormatException("gzip: invalid header");
    }
  }

  /** Goes to a part, or on to the first behind it that this member has. */
  private void next(Part candidate) {
    inPart = 0;
    part = candidate;
    int flags = fixed[3];
    if (part == Part.EXTRA_LENGTH) {
      extraLength = 0;
      if ((flags & EXTRA) == 0) {
        part = Part.FILE_NAME;
      }
    }
    if (part == Part.EXTRA_DATA && extraLength == 0) {
      part = Part.FILE_NAME;
    }
    if (part == Part.FILE_NAME && (flags & NAME) == 0) {
      part = Part.COMMENT_TEXT;
    }
    if (part == Part.COMMENT_TEXT && (flags & COMMENT) == 0) {
      part = Part.CRC_OF_HEADER;
    }
    if (part == Part.CRC_OF_HEADER && (flags & HEADER_CRC) == 0) {
      part = Part.DATA;
    }
  }

  private void checkTrailer() throws DataFormatException {
    if (littleEndian(0) != crc.getValue() || littleEndian(4) != (memberLength & 0xffffffffL)) {
      throw new DataFormatException("gzip: invalid checksum");
    }
  }

  private long littleEndian(int at) {
    return (fixed[at] & 0xffL)
        | (fixed[at + 1] & 0xffL) << 8
        | (fixed[at + 2] & 0xffL) << 16
        | (fixed[at + 3] & 0xffL) << 24;
  }

  @Override
  public void close() {
    inflater.end();
  }
}

package io.narthex.remote.write;

import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.metadata.MetricType;
import io.narthex.remote.codec.WireReader;
import java.nio.charset.StandardCharsets;

/** The metadata of one series of protocol 2.0: its type, and references to help and unit. */
final class MetadataRefs {
  private static final int TYPE = 1 << 3 | WireReader.VARINT;
  private static final int HELP_REF = 3 << 3 | WireReader.VARINT;
  private static final int UNIT_REF = 4 << 3 | WireReader.VARINT;
  private static final MetricType[] TYPES = MetricType.values();

  private long type;
  private long help;
  private long unit;

  /** What the references of {@link #decoded} stand for: mostly those of the next series too. */
  private MetricMetadata last = MetricMetadata.EMPTY;

  private long[] decoded = {-1, -1, -1};

  void clear() {
    type = 0;
    help = 0;
    unit = 0;
  }

  /**
   * Reads a message.
   *
   * @return what is wrong with its references; empty where nothing is
   */
  String read(WireReader reader, int symbolCount) {
    clear();
    String problem = "";
    int outer = reader.enter();
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag) {
        case TYPE -> type = reader.varint();
        case HELP_REF -> {
          help = reader.varint();
          problem =
              help < 0 || help >= symbolCount ? outside("help_ref", help, symbolCount) : problem;
        }
        case UNIT_REF -> {
          unit = reader.varint();
          problem =
              unit < 0 || unit >= symbolCount ? outside("unit_ref", unit, symbolCount) : problem;
        }
        default -> reader.skip(tag);
      }
    }
    reader.leave(outer);
    return problem;
  }

  private static String outside(String name, long ref, int symbolCount) {
    return "metadata " + name + " " + ref + " outside of symbols table (size " + symbolCount + ")";
  }

  /**
   * What was read last; its references must be good.
   *
   * @param symbols positions (32 bits) and lengths of the symbols in the request
   */
  MetricMetadata metadata(byte[] data, long[] symbols, int symbolCount) {
    if (decoded[0] != type || decoded[1] != help || decoded[2] != unit) {
      MetricType known = type >= 0 && type < TYPES.length ? TYPES[(int) type] : MetricType.UNKNOWN;
      last =
          new MetricMetadata(
              known,
              symbolCount == 0 ? "" : text(data, symbols[(int) unit]),
              symbolCount == 0 ? "" : text(data, symbols[(int) help]));
      decoded = new long[] {type, help, unit};
    }
    return last;
  }

  private static String text(byte[] data, long symbol) {
    return new String(data, (int) (symbol >>> 32), (int) symbol, StandardCharsets.UTF_8);
  }
}

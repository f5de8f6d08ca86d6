package io.narthex.tool.tsdb;

/** Sizes in powers of 1024, all units that are not zero: {@code 3MiB21KiB5B}. */
final class BinarySize {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private BinarySize() {}

  static String format(long bytes) {
    StringBuilder out = new StringBuilder();
    long rest = bytes;
    for (int i = 0; i < UNITS.length; i++) {
      long part = rest % 1024;
      if (part != 0 || (i == 0 && rest == 0)) {
        out.insert(0, part + UNITS[i]);
      }
      rest /= 1024;
      if (rest == 0) {
        break;
      }
    }
    return out.toString();
  }
}

package io.narthex.model.value;

/** The NaN with a payload of its own that says "this series ends here". */
public final class StaleMarker {
  /** The bits that mark staleness. */
  public static final long BITS = 0x7ff0000000000002L;

  /** The NaN that computations yield in Go, stored for an exposed {@code NaN}. */
  public static final long NORMAL_NAN_BITS = 0x7ff8000000000001L;

  public static final double VALUE = Double.longBitsToDouble(BITS);

  private StaleMarker() {}

  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}

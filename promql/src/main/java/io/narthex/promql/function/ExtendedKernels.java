package io.narthex.promql.function;

/** Kernels over anchored and smoothed ranges, whose windows reach beyond their borders. */
public final class ExtendedKernels {
  private ExtendedKernels() {}

  /** The kernel of a function that allows such ranges. */
  public static RangeKernel of(String name, boolean smoothed) {
    return switch (name) {
      case "rate" -> new ExtendedRate(true, true, smoothed);
      case "increase" -> new ExtendedRate(true, false, smoothed);
      case "delta" -> new ExtendedRate(false, false, smoothed);
      case "changes" -> new AnchoredCount(ChangesKernel.changes());
      case "resets" -> new AnchoredCount(ChangesKernel.resets());
      default -> throw new IllegalArgumentException("BUG: not over extended ranges: " + name);
    };
  }
}

package io.narthex.tsdb.head;

/**
 * What an appender accepts, fixed when it is opened. Times in milliseconds.
 *
 * @param minValidTime samples in order are not older
 * @param headMaxTime time of the newest sample of the head
 * @param window how much older than that a sample out of order may be; 0 where none is accepted
 */
record AppendLimits(long minValidTime, long headMaxTime, long window) {
  /** What becomes of a sample. */
  enum Admission {
    IN_ORDER,
    /** At the time of the series' newest sample. */
    SAME_TIME,
    /** Out of order, and within the window. */
    LATE,
    OUT_OF_ORDER,
    TOO_OLD,
    OUT_OF_BOUNDS
  }

  /** Whether a sample cannot go behind the newest of its series. */
  boolean isLate(long t, long newest) {
    return t <= newest || t < minValidTime;
  }

  Admission judge(long t, long newest) {
    if (t >= minValidTime && t >= newest) {
      return t > newest ? Admission.IN_ORDER : Admission.SAME_TIME;
    }
    if (window > 0) {
      return t >= headMaxTime - window ? Admission.LATE : Admission.TOO_OLD;
    }
    return t < minValidTime ? Admission.OUT_OF_BOUNDS : Admission.OUT_OF_ORDER;
  }
}

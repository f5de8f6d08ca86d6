package io.narthex.tsdb;

/**
 * How much to keep; 0 is without limit.
 *
 * @param millis how long blocks are kept
 * @param bytes how much disk blocks, logs and head chunks may take
 * @param percentage the same in percent of the file system's size; where it is set, {@code bytes}
 *     counts only while that size is unknown
 */
public record RetentionLimits(long millis, long bytes, double percentage) {
  public static final RetentionLimits NONE = new RetentionLimits(0, 0, 0);
}

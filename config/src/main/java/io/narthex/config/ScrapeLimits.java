package io.narthex.config;

/**
 * What a scrape, or a pool of targets, may hold at most; 0 is no limit.
 *
 * @param bodySizeBytes of the uncompressed body
 * @param samples after metric relabeling
 * @param targets of a job after relabeling
 * @param labels of one sample
 * @param labelNameLength in bytes
 * @param labelValueLength in bytes
 * @param keepDroppedTargets dropped targets of a job to remember for the targets page
 */
public record ScrapeLimits(
    long bodySizeBytes,
    long samples,
    long targets,
    long labels,
    long labelNameLength,
    long labelValueLength,
    long keepDroppedTargets) {
  public static final ScrapeLimits NONE = new ScrapeLimits(0, 0, 0, 0, 0, 0, 0);
}

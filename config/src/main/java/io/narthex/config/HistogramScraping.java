package io.narthex.config;

/**
 * What a scrape does with histograms.
 *
 * @param scrapeNative ingest native histograms
 * @param convertClassicToNhcb turn classic histograms into native ones with custom buckets
 * @param alwaysScrapeClassic keep classic buckets where a native form is exposed as well
 * @param bucketLimit merge buckets until a native histogram has no more than so many; 0 is no limit
 * @param minBucketFactor merge buckets until the growth factor is at least this; 0 is none
 */
public record HistogramScraping(
    boolean scrapeNative,
    boolean convertClassicToNhcb,
    boolean alwaysScrapeClassic,
    long bucketLimit,
    double minBucketFactor) {}

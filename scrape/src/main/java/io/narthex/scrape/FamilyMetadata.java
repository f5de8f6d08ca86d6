package io.narthex.scrape;

import io.narthex.model.metadata.MetricMetadata;

/** What a target says of one of its metric families. */
public record FamilyMetadata(String family, MetricMetadata metadata) {}

package io.narthex.model.value;

import io.narthex.model.labels.Labels;

/** One observation kept beside a sample, with the labels that lead to its trace. */
public record Exemplar(Labels labels, double value, long timestampMillis, boolean hasTimestamp) {}

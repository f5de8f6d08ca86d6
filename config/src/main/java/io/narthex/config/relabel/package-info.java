/**
 * Relabeling: rules as data ({@link io.narthex.config.relabel.RelabelConfig}) and their application
 * to label sets ({@link io.narthex.config.relabel.Relabeler}).
 *
 * <p>Used for targets, scraped samples, alerts and remote write alike. Semantics are those of
 * Prometheus' model/relabel.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.config.relabel;

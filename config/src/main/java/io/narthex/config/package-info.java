/**
 * What the user wrote, as immutable records with Prometheus' names, defaults and strictness.
 *
 * <p>{@link io.narthex.config.ConfigLoader} turns a file into a {@link io.narthex.config.Config} or
 * throws one {@link io.narthex.config.ConfigException} that lists every problem with its file, line
 * and column. File paths in the records are resolved against the folder of the file that named
 * them; secrets are masked wherever they are printed. The keys, defaults and messages are those of
 * Prometheus 3.14. Must not depend on anything that runs: no threads, no network.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.config;

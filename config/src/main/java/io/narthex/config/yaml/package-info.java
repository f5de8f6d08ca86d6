/**
 * From YAML text to values with positions, and back.
 *
 * <p>A {@link io.narthex.config.yaml.Section} describes the keys of one mapping (name, type,
 * default); {@link io.narthex.config.yaml.YamlBinder} reads a node by it into {@link
 * io.narthex.config.yaml.Values} and reports everything wrong, worded as Prometheus' YAML library
 * words it; {@link io.narthex.config.yaml.YamlWriter} prints values. YAML 1.1, as upstream.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.config.yaml;

package io.narthex.config.yaml;

import org.jspecify.annotations.Nullable;

/**
 * One key of a section.
 *
 * @param initial the value where the key is absent
 * @param shown whether it is printed even where it is empty
 */
record Field(String name, YamlType type, @Nullable Object initial, boolean shown) {}

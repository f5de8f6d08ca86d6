/**
 * Functions over instant vectors: elementwise ones, and those that look at labels or whole vectors.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.exec.call;

/** Operators between two expressions: scalars, vectors with scalars, and joins of two vectors. */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.exec.binary;

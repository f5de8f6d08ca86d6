/** Leaves: operators that read samples, and the functions that walk windows over them. */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.exec.selector;

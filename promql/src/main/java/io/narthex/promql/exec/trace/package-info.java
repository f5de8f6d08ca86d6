/**
 * Looking over the shoulder of a query: which operators are built for which part of its text, and
 * what each of them costs. A query that nobody explains runs without any of this: {@link
 * io.narthex.promql.exec.trace.Trace#NONE} leaves operators as they are.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.exec.trace;

/**
 * The text of PromQL: from characters to a typed tree with byte positions, and back.
 *
 * <p>Entry point is {@code Parser}; it yields a sealed {@code io.narthex.promql.syntax.Expr} whose
 * records are immutable and already type-checked, or a {@code
 * io.narthex.promql.syntax.ParseException} with Prometheus' position and words. {@code
 * io.narthex.promql.syntax.Printer} and {@link io.narthex.promql.syntax.Prettifier} write trees as
 * text that parses to the same tree. {@link io.narthex.promql.syntax.FunctionSignatures} lists what
 * can be called.
 *
 * <p>Must not depend on storage or on anything that evaluates.
 */
@NullMarked
package io.narthex.promql.syntax;

import org.jspecify.annotations.NullMarked;

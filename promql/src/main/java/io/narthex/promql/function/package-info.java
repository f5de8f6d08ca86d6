/**
 * Kernels: what PromQL's functions compute, as loops over arrays.
 *
 * <p>A {@link io.narthex.promql.function.RangeKernel} walks the windows of one series ({@link
 * io.narthex.promql.function.Windows}) and fills a column; element functions map one array to
 * another. Floating-point operations come in the order in which Prometheus does them, so that
 * results agree to the last bit. No kernel knows operators, storage or threads.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql.function;

/**
 * The newest exemplars of all series, in memory.
 *
 * <p>Main type: {@link io.narthex.tsdb.exemplar.ExemplarStorage}, a ring of fixed size in which the
 * exemplar that was added first makes room for the next. Exemplars are columns, their labels bytes;
 * only a series with exemplars is an object. The log is the head's business.
 */
@NullMarked
package io.narthex.tsdb.exemplar;

import org.jspecify.annotations.NullMarked;

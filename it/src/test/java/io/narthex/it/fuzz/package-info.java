/**
 * Random queries over random data, answered by our server and by a real Prometheus. What they are
 * made of follows from a seed; a query that is answered differently is made smaller while it still
 * is.
 */
package io.narthex.it.fuzz;

/**
 * A long run of the built server under many series that come and go. Not a micro-benchmark: it
 * starts the server as a process of its own and looks at it from outside.
 */
package io.narthex.bench.soak;

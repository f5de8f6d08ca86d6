/**
 * Micro-benchmarks of the hot paths, one class a question. Run with {@code -prof gc}: what must not
 * allocate shows 0 B/op. Figures are kept in docs/benchmarks.md.
 */
package io.narthex.bench;

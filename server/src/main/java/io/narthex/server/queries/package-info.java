/** What is written down of queries: those that have ended, and those that are running. */
@org.jspecify.annotations.NullMarked
package io.narthex.server.queries;

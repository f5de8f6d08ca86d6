/** What all parts of the database that own a thread share. Depends on nothing. */
@org.jspecify.annotations.NullMarked
package io.narthex.tsdb.thread;

/**
 * The receiving end of remote write, protocols 1.0 and 2.0.
 *
 * <p>{@link io.narthex.remote.write.RemoteWriteReceiver} takes the bytes of one request to the
 * storage. A sample of a known series costs no object: the bytes of its labels are hashed and the
 * hash finds the series reference; labels are built only where that fails. Statuses and messages
 * are those of Prometheus' storage/remote/write_handler.go. Must not depend on an HTTP server.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.remote.write;

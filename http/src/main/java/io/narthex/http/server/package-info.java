/// The HTTP server that all components share: a thin layer over Jetty's core, with routes, merged
// parameters,
/// compressed and streamed responses, and the metrics that Prometheus has about its own requests.
///
/// Entry point: fill a [Router] with [RequestHandler]s, start an [HttpServer]. Each request has a
/// thread of its own and may block.
///
/// Knows nothing of what the handlers answer, and no other module of the project but `client`.
@NullMarked
package io.narthex.http.server;

import org.jspecify.annotations.NullMarked;

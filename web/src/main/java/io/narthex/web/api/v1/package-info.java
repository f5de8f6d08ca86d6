/// The JSON API below `/api/v1`: one class per group of endpoints, each an [Endpoint] that turns
// parameters into an
/// [Answer] or throws an [ApiException].
///
/// [ApiRoutes] lists which path leads where and wraps every answer into Prometheus' envelope.
// Paths, parameters,
/// shapes, texts and status codes are those of Prometheus 3.14 (`web/api/v1/api.go`).
///
/// Must not depend on a particular storage or on the process around it.
@NullMarked
package io.narthex.web.api.v1;

import org.jspecify.annotations.NullMarked;

/// Everything that the server answers over HTTP: the API below `/api/v1` (package `api.v1`),
// federation, management
/// endpoints, its own metrics, and the static UI.
///
/// Entry point: [WebServer], constructed from [WebOptions] (what flags decide) and [WebParts] (the
// parts that
/// answers come from). It listens early and answers 503 until [WebServer#readiness] says otherwise.
///
/// Knows parts by their interfaces only, and neither flags nor the process around it.
@NullMarked
package io.narthex.web;

import org.jspecify.annotations.NullMarked;

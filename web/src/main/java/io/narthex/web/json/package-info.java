/// JSON as Prometheus' API writes it, straight into bytes.
///
/// [JsonWriter] is the writer; [ResultJsonWriter] writes query results with it, the one place of
// the web module
/// where speed counts: no text is made per value, and a result of any size passes through one
// buffer.
///
/// Knows nothing of HTTP but the stream that it writes to.
@NullMarked
package io.narthex.web.json;

import org.jspecify.annotations.NullMarked;

package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import java.io.IOException;

/** Answers one kind of request. */
@FunctionalInterface
interface Endpoint {
  /**
   * @throws ApiException to answer with an error
   */
  Answer answer(Exchange exchange) throws IOException;
}

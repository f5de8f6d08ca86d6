package io.narthex.promql;

import java.io.IOException;

/** Where queries are written down when they have ended. Called by many threads at once. */
public interface QueryLog extends AutoCloseable {
  void write(LoggedQuery query) throws IOException;

  @Override
  void close() throws IOException;
}

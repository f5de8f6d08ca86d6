package io.narthex.promql;

/**
 * Keeps a record of the queries that are running, so that after a crash they can be told. The
 * engine never has more of them at once than its options allow. Called by many threads at once.
 */
public interface ActiveQueries {
  /** Keeps none. */
  ActiveQueries NONE =
      new ActiveQueries() {
        @Override
        public int begin(String query) {
          return 0;
        }

        @Override
        public void end(int slot) {}
      };

  /** Records a query; the answer is what {@link #end} wants. */
  int begin(String query);

  void end(int slot);
}

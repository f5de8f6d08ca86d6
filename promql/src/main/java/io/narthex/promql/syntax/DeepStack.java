package io.narthex.promql.syntax;

import org.jspecify.annotations.Nullable;

/** Parses queries that nest so deep that the caller's stack may not do. */
final class DeepStack {
  /**
   * A level takes up to about 2 kB, so this is several times what {@link Parser#MAX_DEPTH} needs.
   */
  private static final long STACK_BYTES = 32L << 20;

  private @Nullable Expr result;
  private @Nullable ParseException failure;

  private DeepStack() {}

  static Expr parse(byte[] text, ParserFeatures features) throws ParseException {
    DeepStack stack = new DeepStack();
    Thread thread =
        new Thread(null, () -> stack.run(text, features), "promql-parse-deep", STACK_BYTES);
    thread.start();
    join(thread);
    if (stack.failure != null) {
      throw stack.failure;
    }
    if (stack.result == null) {
      throw new IllegalStateException("BUG: a deeply nested query was neither parsed nor refused");
    }
    return stack.result;
  }

  private void run(byte[] text, ParserFeatures features) {
    try {
      result = Parser.parse(text, features, new Nesting(Parser.MAX_DEPTH));
    } catch (ParseException e) {
      failure = e;
    }
  }

  /** Parsing is short, so an interrupt waits until it is done. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

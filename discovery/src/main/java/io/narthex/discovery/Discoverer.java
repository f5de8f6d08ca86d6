package io.narthex.discovery;

import java.util.List;
import java.util.function.Consumer;

/** One way to find targets, configured once. */
public interface Discoverer {
  /**
   * Finds targets and reports changed groups until the thread is interrupted. The first report
   * comes as soon as possible and holds everything; a mechanism that has nothing more to say may
   * return. Called once, on a virtual thread of its own.
   *
   * @throws InterruptedException when told to stop
   */
  void run(Consumer<List<TargetGroup>> report) throws InterruptedException;
}

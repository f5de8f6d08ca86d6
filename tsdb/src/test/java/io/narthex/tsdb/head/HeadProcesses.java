package io.narthex.tsdb.head;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that follow each other on one directory, each of which a crash has ended. */
final class HeadProcesses implements AutoCloseable {
  private final Path folder;
  private final long window;
  private final List<HeadProcess> started = new ArrayList<>();

  /**
   * @param window how late samples may be, milliseconds
   */
  HeadProcesses(Path folder, long window) {
    this.folder = folder;
    this.window = window;
  }

  /** The next one, with the log replayed. */
  HeadProcess start() {
    HeadProcess process = new HeadProcess(folder, window);
    started.add(process);
    process.replay.run();
    return process;
  }

  @Override
  public void close() {
    started.forEach(HeadProcess::close);
  }
}

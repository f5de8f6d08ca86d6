package io.narthex.it.crash;

import io.narthex.it.process.Await;
import io.narthex.it.process.NarthexServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the server is doing when it is killed, as far as that can be seen from outside. */
enum KillMoment {
  START,
  REPLAY,
  ANY_TIME,
  BLOCK_IS_WRITTEN,
  BLOCKS_ARE_MERGED,
  BLOCK_IS_DELETED,
  HEAD_IS_TRUNCATED,
  CHECKPOINT,
  OUT_OF_ORDER_COMPACTION,
  DELETION;

  private static final long PATIENCE_NANOS = 6_000_000_000L;

  /** Before the server is ready to answer queries. */
  boolean isBeforeReady() {
    return this == START || this == REPLAY;
  }

  /**
   * Waits until the moment has come, and a random time more; false where it does not come within
   * seconds.
   */
  boolean await(
      NarthexServer server, Path directory, List<Sender> senders, long taken, Random random) {
    Path data = directory.resolve("data");
    Log log = new Log(directory.resolve("server.log"));
    boolean seen =
        switch (this) {
          case START -> sleep(300 + random.nextInt(700));
          case REPLAY ->
              until(() -> senders.stream().mapToLong(Sender::acknowledged).sum() > taken)
                  && server.api().get("/-/ready").statusCode() == 503;
          case ANY_TIME -> sleep(50 + random.nextInt(2000));
          case BLOCK_IS_WRITTEN -> until(() -> has(data, "", ".tmp-for-creation"));
          case BLOCKS_ARE_MERGED -> until(() -> log.says("compact blocks"));
          case BLOCK_IS_DELETED -> until(() -> has(data, "", ".tmp-for-deletion"));
          case HEAD_IS_TRUNCATED -> until(() -> log.says("write block completed"));
          case CHECKPOINT -> until(() -> has(data.resolve("wal"), "checkpoint.", ".tmp"));
          case OUT_OF_ORDER_COMPACTION -> until(() -> log.says("out-of-order compaction started"));
          case DELETION -> until(() -> senders.stream().anyMatch(Sender::isDeleting));
        };
    return seen && sleep(random.nextInt(3) == 0 ? 0 : random.nextInt(25));
  }

  private static boolean until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Await.sleep(1);
    }
    return true;
  }

  private static boolean sleep(int millis) {
    if (millis > 0) {
      Await.sleep(millis);
    }
    return true;
  }

  private static boolean has(Path folder, String prefix, String suffix) {
    String[] names = folder.toFile().list();
    return names != null
        && Stream.of(names).anyMatch(name -> name.startsWith(prefix) && name.endsWith(suffix));
  }

  /** New lines of the server's log. */
  private static final class Log {
    private final Path file;
    private long position;

    Log(Path file) {
      this.file = file;
      try {
        position = Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean says(String... texts) {
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        byte[] more = new byte[(int) (in.length() - position)];
        in.seek(position);
        in.readFully(more);
        position += more.length;
        String lines = new String(more, StandardCharsets.UTF_8);
        return Stream.of(texts).anyMatch(lines::contains);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

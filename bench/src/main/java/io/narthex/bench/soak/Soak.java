package io.narthex.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scrapes a fleet with many series for long, and tells how the server takes it: {@code --series
 * 1000000 --minutes 240 --interval 15 --churn 5 --block 2h --launcher ./narthex --work DIR}.
 *
 * <p>Each {@code --every} seconds a line with resident memory, series of the head, the longest
 * pause and how late the latest scrape of these seconds was, and what background work ended in
 * them. {@code --churn} is the share of series in percent that is replaced every minute.
 */
public final class Soak {
  private final Map<String, String> options = new HashMap<>();
  private long longestPauseMicros;
  private long latestMillis;
  private long latestAtWorkMillis;
  private long mostMemory;

  private Soak(String[] arguments) {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Soak(arguments).run();
  }

  private String text(String name, String otherwise) {
    return options.getOrDefault("--" + name, otherwise);
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  private void run() throws IOException, InterruptedException {
    int series = number("series", 1_000_000);
    int interval = number("interval", 15);
    Path work =
        options.containsKey("--work")
            ? Files.createDirectories(Path.of(text("work", "")))
            : Files.createTempDirectory("soak");
    try (Fleet fleet = new Fleet(series, number("churn", 5), Duration.ofSeconds(interval));
        WatchedServer server =
            WatchedServer.start(
                work,
                text("launcher", "./narthex"),
                fleet.address(),
                fleet.targets(),
                interval,
                text("block", "2h"))) {
      System.out.println("data, configuration and logs: " + work);
      System.out.println("seconds  RSS MiB  series in head  longest pause ms  latest scrape ms");
      long end = System.nanoTime() + Duration.ofMinutes(number("minutes", 240)).toNanos();
      long start = System.nanoTime();
      while (System.nanoTime() < end && server.isAlive()) {
        Thread.sleep(number("every", 10) * 1000L);
        report((System.nanoTime() - start) / 1_000_000_000, fleet, server);
      }
      summary(server.isAlive());
    }
  }

  private void report(long second, Fleet fleet, WatchedServer server) throws IOException {
    long memory = server.residentBytes();
    long pause = server.longestPauseMicros();
    long late = fleet.latestMillis();
    List<String> ended = server.endedWork();
    mostMemory = Math.max(mostMemory, memory);
    longestPauseMicros = Math.max(longestPauseMicros, pause);
    latestMillis = Math.max(latestMillis, late);
    if (!ended.isEmpty()) {
      latestAtWorkMillis = Math.max(latestAtWorkMillis, late);
    }
    System.out.printf(
        Locale.ROOT,
        "%7d %8d %15d %17.1f %17d  %s%n",
        second,
        memory >> 20,
        server.headSeries(),
        pause / 1e3,
        late,
        ended.isEmpty() ? "" : String.join(", ", ended));
  }

  private void summary(boolean alive) {
    System.out.printf(
        Locale.ROOT,
        "most memory %d MiB, longest pause %.1f ms, latest scrape %d ms, and %d ms in slices where a"
            + " block was written or the log cut%s%n",
        mostMemory >> 20,
        longestPauseMicros / 1e3,
        latestMillis,
        latestAtWorkMillis,
        alive ? "" : "; THE SERVER ENDED");
  }
}

package io.narthex.discovery;

import io.narthex.config.ConfigException;
import io.narthex.config.ConfigLoader;
import io.narthex.config.DiscoveryConfig;
import io.narthex.config.Glob;
import io.narthex.model.labels.Labels;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads target groups from files, at once when a file changes and besides at each interval. A file
 * that cannot be read keeps the groups that it had.
 */
final class FileDiscoverer implements Discoverer {
  private static final Logger LOG = LoggerFactory.getLogger(FileDiscoverer.class);
  private static final String FILE_LABEL = "__meta_filepath";

  /** Editors and deployments touch a file several times; one reading is enough. */
  private static final long SETTLE_MILLIS = 30;

  private final List<String> patterns;
  private final Duration interval;
  private final DiscoveryMetrics metrics;
  private final Set<Path> watched = new HashSet<>();
  private Map<String, Integer> groupCounts = new HashMap<>();

  FileDiscoverer(DiscoveryConfig.File config, DiscoveryMetrics metrics) {
    this.patterns = config.files();
    this.interval = config.refreshInterval();
    this.metrics = metrics;
  }

  @Override
  public void run(Consumer<List<TargetGroup>> report) throws InterruptedException {
    try (WatchService watcher = FileSystems.getDefault().newWatchService()) {
      while (true) {
        refresh(report);
        watchFolders(watcher);
        awaitChange(watcher);
      }
    } catch (IOException | UnsupportedOperationException e) {
      metrics.fileWatcherErrors.inc();
      LOG.warn("Error adding file watcher, reading files at each refresh_interval only", e);
      while (true) {
        refresh(report);
        Thread.sleep(interval);
      }
    } finally {
      groupCounts.keySet().forEach(metrics.fileTimes::remove);
    }
  }

  private void watchFolders(WatchService watcher) {
    for (String pattern : patterns) {
      Path parent = Path.of(pattern).getParent();
      Path folder = parent == null ? Path.of(".") : parent;
      // A folder that is not there yet is tried again after each reading.
      if (!watched.contains(folder) && Files.isDirectory(folder)) {
        try {
          folder.register(
              watcher,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
          watched.add(folder);
        } catch (IOException e) {
          metrics.fileWatcherErrors.inc();
          LOG.error("Error adding file watch path={} err={}", folder, e.getMessage());
        }
      }
    }
  }

  /** Returns when something has changed or the interval is over. */
  private void awaitChange(WatchService watcher) throws InterruptedException {
    WatchKey key = watcher.poll(interval.toNanos(), TimeUnit.NANOSECONDS);
    if (key != null) {
      Thread.sleep(SETTLE_MILLIS);
    }
    while (key != null) {
      key.pollEvents();
      if (!key.reset()) {
        watched.clear();
      }
      key = watcher.poll();
    }
  }

  private void refresh(Consumer<List<TargetGroup>> report) {
    long start = System.nanoTime();
    Map<String, Integer> counts = new HashMap<>();
    for (String pattern : patterns) {
      for (Path file : Glob.files(pattern)) {
        String name = file.toString();
        int before = groupCounts.getOrDefault(name, 0);
        @Nullable List<DiscoveryConfig.Group> groups = read(file);
        if (groups == null) {
          counts.put(name, before);
        } else {
          counts.put(name, groups.size());
          report.accept(TargetGroups.ofPlace(groups, name, Labels.of(FILE_LABEL, name), before));
        }
      }
    }
    groupCounts.forEach(
        (name, before) -> {
          if (!counts.containsKey(name)) {
            metrics.fileTimes.remove(name);
            report.accept(TargetGroups.ofPlace(List.of(), name, Labels.EMPTY, before));
          }
        });
    groupCounts = counts;
    metrics.fileScanDuration.observeSince(start);
  }

  private @Nullable List<DiscoveryConfig.Group> read(Path file) {
    try {
      double modified = Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
      List<DiscoveryConfig.Group> groups =
          ConfigLoader.parseTargetGroups(Files.readString(file), file.toString());
      metrics.fileTimes.put(file.toString(), modified);
      return groups;
    } catch (IOException e) {
      LOG.error("Error reading file path={} err={}", file, e.toString());
    } catch (ConfigException e) {
      LOG.error("Error reading file path={} err={}", file, e.getMessage());
    }
    metrics.fileReadErrors.inc();
    return null;
  }
}

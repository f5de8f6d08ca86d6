package io.narthex.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.client.MetricRegistry;
import io.narthex.config.DiscoveryConfig;
import io.narthex.config.DiscoveryConfig.Group;
import io.narthex.config.DiscoveryConfig.Static;
import io.narthex.model.labels.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryManagerTest {
  private final LinkedBlockingQueue<Map<String, List<TargetGroup>>> updates =
      new LinkedBlockingQueue<>();
  private final DiscoveryManager manager =
      new DiscoveryManager("scrape", new MetricRegistry(), Duration.ofMillis(200), updates::add);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void reportsStaticTargetsOfAllJobsAtOnce() throws InterruptedException {
    Static targets =
        new Static(
            List.of(
                new Group(List.of("a:1", "b:2"), Labels.of("env", "x")),
                new Group(List.of("c:3"), Labels.EMPTY)));
    long start = System.nanoTime();
    manager.apply(Map.of("one", List.of(targets), "two", List.of(targets), "none", List.of()));

    Map<String, List<TargetGroup>> update = await(all -> !all.get("one").isEmpty());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(update.get("none")).isEmpty();
    assertThat(update.get("two")).isEqualTo(update.get("one"));
    assertThat(update.get("one"))
        .containsExactly(
            new TargetGroup(
                "0",
                List.of(Labels.of("__address__", "a:1"), Labels.of("__address__", "b:2")),
                Labels.of("env", "x")),
            new TargetGroup("1", List.of(Labels.of("__address__", "c:3")), Labels.EMPTY));
  }

  @Test
  void dropsTargetsOfJobsThatAreGone() throws InterruptedException {
    Static targets = new Static(List.of(new Group(List.of("a:1"), Labels.EMPTY)));
    manager.apply(Map.of("one", List.of(targets), "two", List.of(targets)));
    await(all -> all.size() == 2 && !all.get("one").isEmpty());

    manager.apply(Map.of("two", List.of(targets)));

    assertThat(await(all -> all.size() == 1).get("two")).hasSize(1);
  }

  @Test
  void followsChangesOfFilesAndKeepsGroupsOfBrokenOnes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("targets.yml");
    Files.writeString(file, "- targets: ['a:1']\n  labels: {env: x}\n- targets: ['b:1']\n");
    DiscoveryConfig config =
        new DiscoveryConfig.File(List.of(folder + "/*.yml"), Duration.ofMillis(400));
    manager.apply(Map.of("job", List.of(config)));

    List<TargetGroup> first = await(all -> all.get("job").size() == 2).get("job");
    assertThat(first.getFirst())
        .isEqualTo(
            new TargetGroup(
                file + ":0",
                List.of(Labels.of("__address__", "a:1")),
                Labels.of("env", "x", "__meta_filepath", file.toString())));

    Files.writeString(file, "- targets: [");
    Files.writeString(folder.resolve("more.yml"), "- targets: ['c:1']\n");
    assertThat(await(all -> all.get("job").size() == 3).get("job"))
        .extracting(TargetGroup::source)
        .containsExactlyInAnyOrder(file + ":0", file + ":1", folder.resolve("more.yml") + ":0");

    Files.writeString(file, "- targets: ['z:1']\n");
    await(
        all ->
            all.get("job").size() == 2
                && all.get("job").stream()
                    .anyMatch(group -> group.targets().contains(Labels.of("__address__", "z:1"))));

    Files.delete(file);
    assertThat(await(all -> all.get("job").size() == 1).get("job").getFirst().source())
        .isEqualTo(folder.resolve("more.yml") + ":0");
  }

  @Test
  void throttlesUpdatesThatFollowClosely() throws Exception {
    for (int i = 0; i < 50; i++) {
      Static targets = new Static(List.of(new Group(List.of("a:" + i), Labels.EMPTY)));
      manager.apply(Map.of("job", List.of(targets)));
      Thread.sleep(10);
    }
    await(
        all ->
            !all.get("job").isEmpty()
                && all.get("job").getFirst().targets().contains(Labels.of("__address__", "a:49")));
    assertThat(updates.size()).isLessThan(15);
  }

  private Map<String, List<TargetGroup>> await(Predicate<Map<String, List<TargetGroup>>> wanted)
      throws InterruptedException {
    while (true) {
      Map<String, List<TargetGroup>> update = updates.poll(10, TimeUnit.SECONDS);
      assertThat(update).as("an update").isNotNull();
      if (wanted.test(update)) {
        return update;
      }
    }
  }

  @Test
  void readsConformanceFilesAsUpstream() throws IOException {
    FileConformance.check();
  }
}

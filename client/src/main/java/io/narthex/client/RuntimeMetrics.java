package io.narthex.client;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;

/**
 * Those {@code go_*} metrics of Prometheus that have a truthful meaning in a Java runtime, so that
 * dashboards keep working: threads for goroutines, the garbage-collected heap for Go's heap.
 *
 * <p>The management beans are loaded at the first scrape and not at start, which they would slow
 * down.
 */
public final class RuntimeMetrics {
  private final ProcFiles proc = new ProcFiles(Path.of("/proc"));

  private RuntimeMetrics() {}

  /** Registers the metrics of this runtime. */
  public static void register(MetricRegistry registry) {
    RuntimeMetrics metrics = new RuntimeMetrics();
    metrics.registerThreads(registry);
    metrics.registerHeap(registry);
    metrics.registerCollections(registry);
  }

  private void registerThreads(MetricRegistry registry) {
    registry
        .gaugeFamily("go_info", "Information about the language runtime.", "version")
        .labels("java" + Runtime.version())
        .set(1);
    registry.gaugeCallback(
        "go_goroutines",
        "Number of platform threads that the runtime currently has; virtual threads are not"
            + " counted.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    registry.gaugeCallback("go_threads", "Number of OS threads created.", proc::threads);
    registry.gaugeCallback(
        "go_sched_gomaxprocs_threads",
        "Number of operating system threads that can execute code simultaneously.",
        () -> Runtime.getRuntime().availableProcessors());
  }

  private void registerHeap(MetricRegistry registry) {
    registry.gaugeCallback(
        "go_memstats_alloc_bytes",
        "Number of bytes allocated in heap and currently in use.",
        () -> heap().getUsed());
    registry.counterCallback(
        "go_memstats_alloc_bytes_total",
        "Total number of bytes allocated in heap until now, even if released already.",
        RuntimeMetrics::allocatedBytes);
    registry.gaugeCallback(
        "go_memstats_heap_alloc_bytes",
        "Number of heap bytes allocated and currently in use, same as go_memstats_alloc_bytes.",
        () -> heap().getUsed());
    registry.gaugeCallback(
        "go_memstats_heap_inuse_bytes",
        "Number of heap bytes that are in use.",
        () -> heap().getUsed());
    registry.gaugeCallback(
        "go_memstats_heap_idle_bytes",
        "Number of heap bytes waiting to be used.",
        RuntimeMetrics::idleBytes);
    registry.gaugeCallback(
        "go_memstats_heap_sys_bytes",
        "Number of heap bytes obtained from system.",
        () -> heap().getCommitted());
    registry.gaugeCallback(
        "go_memstats_sys_bytes",
        "Number of bytes obtained from system: heap, compiled code and class metadata.",
        () -> heap().getCommitted() + nonHeap().getCommitted());
  }

  private void registerCollections(MetricRegistry registry) {
    registry.summaryCallback(
        "go_gc_duration_seconds",
        "A summary of the wall-time duration of garbage collections.",
        RuntimeMetrics::collections,
        RuntimeMetrics::collectionSeconds);
    registry.gaugeCallback(
        "go_memstats_last_gc_time_seconds",
        "Number of seconds since 1970 of last garbage collection.",
        RuntimeMetrics::lastCollectionSeconds);
  }

  private static MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }

  private static MemoryUsage nonHeap() {
    return ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
  }

  private static double idleBytes() {
    MemoryUsage heap = heap();
    return heap.getCommitted() - heap.getUsed();
  }

  private static double allocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        ? threads.getTotalThreadAllocatedBytes()
        : 0;
  }

  private static long collections() {
    long total = 0;
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      total += Math.max(0, collector.getCollectionCount());
    }
    return total;
  }

  private static double collectionSeconds() {
    long millis = 0;
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      millis += Math.max(0, collector.getCollectionTime());
    }
    return millis / 1e3;
  }

  private static double lastCollectionSeconds() {
    long last = 0;
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      GcInfo info =
          collector instanceof GarbageCollectorMXBean extended ? extended.getLastGcInfo() : null;
      if (info != null) {
        last = Math.max(last, info.getEndTime());
      }
    }
    return last == 0 ? 0 : (ManagementFactory.getRuntimeMXBean().getStartTime() + last) / 1e3;
  }
}

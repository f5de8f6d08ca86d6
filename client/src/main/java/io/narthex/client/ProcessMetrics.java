package io.narthex.client;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The {@code process_*} metrics that every Prometheus client library has, read from Linux' {@code
 * /proc} once per scrape. Where there is no {@code /proc}, nothing is registered.
 */
public final class ProcessMetrics {
  private final ProcFiles proc;
  private volatile ProcFiles.Reading reading;

  private ProcessMetrics(ProcFiles proc) {
    this.proc = proc;
    this.reading = proc.read();
  }

  /** Registers the metrics of this process. */
  public static void register(MetricRegistry registry) {
    register(registry, Path.of("/proc"));
  }

  static void register(MetricRegistry registry, Path procRoot) {
    if (Files.isReadable(procRoot.resolve("self/stat"))) {
      new ProcessMetrics(new ProcFiles(procRoot)).registerWith(registry);
    }
  }

  private void registerWith(MetricRegistry registry) {
    registry.beforeCollect(() -> reading = proc.read());
    registry.counterCallback(
        "process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds.",
        () -> reading.cpuSeconds());
    registry.gaugeCallback(
        "process_max_fds",
        "Maximum number of open file descriptors.",
        () -> reading.maxFileDescriptors());
    registry.gaugeCallback(
        "process_open_fds",
        "Number of open file descriptors.",
        () -> reading.openFileDescriptors());
    registry.gaugeCallback(
        "process_resident_memory_bytes",
        "Resident memory size in bytes.",
        () -> reading.residentBytes());
    registry.gaugeCallback(
        "process_virtual_memory_bytes",
        "Virtual memory size in bytes.",
        () -> reading.virtualBytes());
    registry.gaugeCallback(
        "process_virtual_memory_max_bytes",
        "Maximum amount of virtual memory available in bytes.",
        () -> reading.maxVirtualBytes());
    registry.gaugeCallback(
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds.",
        () -> reading.startTimeSeconds());
    registry.counterCallback(
        "process_network_receive_bytes_total",
        "Number of bytes received by the process over the network.",
        () -> reading.receivedBytes());
    registry.counterCallback(
        "process_network_transmit_bytes_total",
        "Number of bytes sent by the process over the network.",
        () -> reading.sentBytes());
  }
}

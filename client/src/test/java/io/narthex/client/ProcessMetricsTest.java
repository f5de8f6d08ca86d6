package io.narthex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessMetricsTest {
  private static String write(MetricRegistry registry) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TextExposition.write(registry, ExpositionFormat.text(), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static double value(String text, String name) {
    return Double.parseDouble(
        text.lines()
            .filter(line -> line.startsWith(name + " "))
            .findFirst()
            .orElseThrow()
            .split(" ")[1]);
  }

  @Test
  void readsTheFilesOfProc(@TempDir Path proc) throws IOException {
    Path self = Files.createDirectories(proc.resolve("self"));
    Files.createDirectories(self.resolve("net"));
    Files.createDirectories(self.resolve("fd/0"));
    Files.createDirectories(self.resolve("fd/1"));
    Files.writeString(proc.resolve("stat"), "cpu 1 2\nbtime 1700000000\n");
    Files.writeString(
        self.resolve("stat"),
        "26 (a (b) c) R 1 2 3 4 5 6 7 8 9 10 1205 95 0 0 20 0 1 0 4250 56 90 18446744\n");
    Files.writeString(
        self.resolve("status"), "Name:\tx\nVmSize:\t   10 kB\nVmRSS:\t    4 kB\nThreads:\t7\n");
    Files.writeString(
        self.resolve("limits"),
        "Limit                     Soft Limit           Hard Limit           Units\n"
            + "Max open files            1024                 4096                 files\n"
            + "Max address space         unlimited            unlimited            bytes\n");
    Files.writeString(
        self.resolve("net/netstat"),
        "TcpExt: A\nTcpExt: 1\nIpExt: X InOctets OutOctets\nIpExt: 0 123 456\n");
    MetricRegistry registry = new MetricRegistry();
    ProcessMetrics.register(registry, proc);
    String text = write(registry);
    assertThat(value(text, "process_cpu_seconds_total")).isEqualTo(13);
    assertThat(value(text, "process_start_time_seconds")).isEqualTo(1700000042.5);
    assertThat(value(text, "process_resident_memory_bytes")).isEqualTo(4096);
    assertThat(value(text, "process_virtual_memory_bytes")).isEqualTo(10240);
    assertThat(value(text, "process_virtual_memory_max_bytes")).isEqualTo(1.8446744073709552e+19);
    assertThat(value(text, "process_open_fds")).isEqualTo(2);
    assertThat(value(text, "process_max_fds")).isEqualTo(1024);
    assertThat(value(text, "process_network_receive_bytes_total")).isEqualTo(123);
    assertThat(value(text, "process_network_transmit_bytes_total")).isEqualTo(456);
  }

  @Test
  void registersNothingWithoutProc(@TempDir Path empty) throws IOException {
    MetricRegistry registry = new MetricRegistry();
    ProcessMetrics.register(registry, empty);
    assertThat(write(registry)).isEmpty();
  }

  @Test
  void reportsThisProcess() throws IOException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "no /proc on this system");
    MetricRegistry registry = new MetricRegistry();
    ProcessMetrics.register(registry);
    RuntimeMetrics.register(registry);
    String text = write(registry);
    assertThat(value(text, "process_resident_memory_bytes")).isGreaterThan(1e6);
    assertThat(value(text, "process_open_fds")).isPositive();
    assertThat(value(text, "process_start_time_seconds"))
        .isBetween(System.currentTimeMillis() / 1e3 - 86_400, System.currentTimeMillis() / 1e3 + 1);
    assertThat(value(text, "go_goroutines")).isPositive();
    assertThat(value(text, "go_memstats_heap_alloc_bytes")).isPositive();
    assertThat(value(text, "go_memstats_alloc_bytes_total")).isPositive();
    assertThat(text).contains("go_gc_duration_seconds_count ").contains("go_info{version=\"java");
  }
}

package io.narthex.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells about this process below {@code /proc}; what cannot be read is 0. */
final class ProcFiles {
  /**
   * USER_HZ, the unit of the times in {@code /proc/self/stat}: 100 on every architecture that runs
   * a JDK.
   */
  private static final double TICKS_PER_SECOND = 100;

  /** How client libraries show "unlimited": the largest unsigned 64-bit number. */
  private static final double UNLIMITED = 0x1p64;

  record Reading(
      double cpuSeconds,
      double startTimeSeconds,
      double residentBytes,
      double virtualBytes,
      double maxVirtualBytes,
      double openFileDescriptors,
      double maxFileDescriptors,
      double receivedBytes,
      double sentBytes) {}

  private final Path root;

  ProcFiles(Path root) {
    this.root = root;
  }

  Reading read() {
    String[] stat = fieldsOfStat(text("self/stat"));
    String status = text("self/status");
    String limits = text("self/limits");
    String[] netstat = text("self/net/netstat").split("\n", -1);
    return new Reading(
        (number(stat, 11) + number(stat, 12)) / TICKS_PER_SECOND,
        bootTimeSeconds() + number(stat, 19) / TICKS_PER_SECOND,
        firstNumber(status, "VmRSS:") * 1024,
        firstNumber(status, "VmSize:") * 1024,
        firstNumber(limits, "Max address space"),
        openFileDescriptors(),
        firstNumber(limits, "Max open files"),
        extensionCounter(netstat, "InOctets"),
        extensionCounter(netstat, "OutOctets"));
  }

  /** Threads of the process as the kernel counts them. */
  double threads() {
    return firstNumber(text("self/status"), "Threads:");
  }

  private double bootTimeSeconds() {
    return firstNumber(text("stat"), "btime");
  }

  private double openFileDescriptors() {
    String[] names = root.resolve("self/fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  private String text(String file) {
    try {
      return new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * The fields after the command's name, which stands in parentheses and may hold spaces; state is
   * the first.
   */
  private static String[] fieldsOfStat(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
  }

  private static double number(String[] fields, int index) {
    return index < fields.length ? Double.parseDouble(fields[index]) : 0;
  }

  /** The first number after a key that starts a line. */
  private static double firstNumber(String text, String key) {
    int at = text.startsWith(key) ? 0 : text.indexOf("\n" + key) + 1;
    if (!text.startsWith(key, at)) {
      return 0;
    }
    int start = at + key.length();
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String word = text.substring(start, end);
    return word.equals("unlimited") ? UNLIMITED : Double.parseDouble(word);
  }

  /** A counter of the "IpExt" table: a line of names, then a line of values. */
  private static double extensionCounter(String[] netstat, String name) {
    for (int line = 0; line + 1 < netstat.length; line++) {
      if (netstat[line].startsWith("IpExt:") && netstat[line + 1].startsWith("IpExt:")) {
        String[] names = netstat[line].split(" ", -1);
        String[] values = netstat[line + 1].split(" ", -1);
        for (int i = 1; i < Math.min(names.length, values.length); i++) {
          if (names[i].equals(name)) {
            return Double.parseDouble(values[i]);
          }
        }
      }
    }
    return 0;
  }
}

package io.narthex.tsdb.wal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Names of segments: eight digits, counted from 0. */
public final class WalSegments {
  private static final int DIGITS = 8;

  private WalSegments() {}

  public static Path file(Path folder, int segment) {
    String number = Integer.toString(segment);
    return folder.resolve("0".repeat(Math.max(0, DIGITS - number.length())) + number);
  }

  /** The numbers of the segments that exist, ascending; none where the folder is absent. */
  public static List<Integer> list(Path folder) {
    List<Integer> numbers = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return numbers;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            String name = file.getFileName().toString();
            if (name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 10) {
              numbers.add(Integer.parseInt(name));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(numbers);
    return numbers;
  }
}

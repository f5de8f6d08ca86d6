package io.narthex.tsdb.wal;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.FileErrors;
import java.io.IOException;
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
            if (isNumber(name) && file(folder, Integer.parseInt(name)).equals(file)) {
              numbers.add(Integer.parseInt(name));
            }
          });
    } catch (IOException e) {
      throw new StorageException("cannot list " + folder + ": " + FileErrors.reason(e), e);
    }
    Collections.sort(numbers);
    return numbers;
  }

  private static boolean isNumber(String name) {
    return name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}

package io.narthex.tsdb.chunk;

import io.narthex.storage.StorageException;
import io.narthex.tsdb.encoding.CorruptionException;
import io.narthex.tsdb.encoding.FileErrors;
import io.narthex.tsdb.encoding.Folders;
import io.narthex.tsdb.encoding.MappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which files of head chunks there are in a folder. */
final class HeadChunkFolder {
  private HeadChunkFolder() {}

  /** Numbers of the files, ascending; none where the folder does not exist. */
  private static List<Integer> numbers(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      List<Integer> numbers = new ArrayList<>();
      list.map(file -> file.getFileName().toString())
          .filter(name -> name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9'))
          .map(Integer::parseInt)
          .sorted()
          .forEach(numbers::add);
      return numbers;
    } catch (IOException e) {
      throw new StorageException("cannot list " + folder + ": " + FileErrors.reason(e), e);
    }
  }

  /**
   * Maps all files; an empty last one, which a crash left, is passed over.
   *
   * @param into takes the files, also those before a damage
   * @param delete whether to delete an empty last file
   * @throws CorruptionException where a file's header is damaged, or a file is missing
   */
  static void map(Path folder, Map<Integer, HeadChunkFile> into, boolean delete) {
    List<Integer> numbers = numbers(folder);
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      MappedFile mapped = MappedFile.open(HeadChunkFile.path(folder, number));
      boolean last = i == numbers.size() - 1;
      if (last && (mapped.size() < 4 || mapped.u32(0) == 0)) {
        mapped.close();
        if (delete) {
          Folders.delete(mapped.path());
        }
        return;
      }
      HeadChunkFile file = new HeadChunkFile(number, mapped, mapped.size());
      into.put(number, file);
      if (i > 0 && numbers.get(i - 1) != number - 1) {
        throw mapped.corrupted(
            0, "file number " + (numbers.get(i - 1) + 1) + " is missing before " + number);
      }
      file.checkHeader();
    }
  }

  /** Deletes the damaged file and all later ones. */
  static void deleteFrom(Path folder, CorruptionException damage) {
    int from = number(damage);
    for (int number : numbers(folder)) {
      if (number >= from) {
        Folders.delete(HeadChunkFile.path(folder, number));
      }
    }
  }

  /** Number of the file that is damaged. */
  static int number(CorruptionException damage) {
    return Integer.parseInt(damage.path().getFileName().toString());
  }
}

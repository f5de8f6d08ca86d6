package io.narthex.tsdb.damage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * What is done to a file.
 *
 * @param at from this byte on it may be wrong; {@code Long.MAX_VALUE} where all is as it was
 */
record Damage(String what, long at, Action action) {
  /** Changes a file. */
  interface Action {
    void on(Path file) throws IOException;
  }

  /** Where Prometheus does not start either. */
  boolean mayPreventStart() {
    return what.equals("replaced by a folder") || what.equals("made unreadable");
  }

  static Damage flip(long bit) {
    return new Damage(
        "bit " + bit % 8 + " of byte " + bit / 8 + " flipped",
        bit / 8,
        file -> {
          byte[] bytes = Files.readAllBytes(file);
          bytes[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
          Files.write(file, bytes);
        });
  }

  static Damage truncate(long length) {
    return new Damage(
        "cut to " + length + " bytes",
        length,
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
          }
        });
  }

  static Damage zero(long from, int count) {
    return new Damage(
        count + " bytes from " + from + " on zeroed",
        from,
        file -> {
          byte[] bytes = Files.readAllBytes(file);
          int end = (int) Math.min(bytes.length, from + count);
          Arrays.fill(bytes, (int) from, end, (byte) 0);
          Files.write(file, bytes);
        });
  }

  static Damage overwrite(long from, byte... with) {
    return new Damage(
        Arrays.toString(with) + " written at " + from,
        from,
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(with), from);
          }
        });
  }

  static Damage append(byte... garbage) {
    return new Damage(
        garbage.length + " bytes appended",
        Long.MAX_VALUE,
        file -> Files.write(file, garbage, StandardOpenOption.APPEND));
  }

  static Damage delete() {
    return new Damage("deleted", 0, Files::delete);
  }

  static Damage folderInstead() {
    return new Damage(
        "replaced by a folder",
        0,
        file -> {
          Files.delete(file);
          Files.createDirectory(file);
        });
  }

  /** Has no effect where root runs the tests. */
  static Damage unreadable() {
    return new Damage(
        "made unreadable",
        0,
        file -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------")));
  }

  /** The same file once more under another number. */
  static Damage duplicate(String name) {
    return new Damage(
        "copied to " + name, Long.MAX_VALUE, file -> Files.copy(file, file.resolveSibling(name)));
  }

  static Damage rename(String name) {
    return new Damage("renamed to " + name, 0, file -> Files.move(file, file.resolveSibling(name)));
  }
}

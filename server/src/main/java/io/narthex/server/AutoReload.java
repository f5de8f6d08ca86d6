package io.narthex.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the configuration file at an interval and reloads it when its content has changed. */
final class AutoReload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AutoReload.class);

  private final Path file;
  private final long intervalMillis;
  private final Runnable reload;
  private final Thread thread;
  private byte[] seen;

  AutoReload(Path file, long intervalMillis, Runnable reload) {
    this.file = file;
    this.intervalMillis = Math.max(1_000, intervalMillis);
    this.reload = reload;
    this.seen = checksum();
    this.thread = Thread.ofVirtual().name("auto-reload").start(this::watch);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(intervalMillis);
        byte[] now = checksum();
        if (now.length > 0 && !Arrays.equals(now, seen)) {
          seen = now;
          LOG.info("Configuration file change detected, reloading the configuration.");
          reload.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Empty where the file cannot be read just now. */
  private byte[] checksum() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    } catch (IOException e) {
      return new byte[0];
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every JVM has SHA-256", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

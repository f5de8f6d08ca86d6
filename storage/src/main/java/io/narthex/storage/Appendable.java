package io.narthex.storage;

/** Something that takes samples. */
public interface Appendable {
  Appender appender();
}

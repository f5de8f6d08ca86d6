package io.narthex.exposition.text;

import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionCursor;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricType;
import io.narthex.model.value.Exemplar;

/** Cursor. */
public final class TextCursor implements ExpositionCursor {
  private byte[] body = new byte[0];
  private int limit;

  @Override
  public void reset(byte[] newBody, int length) {
    body = newBody;
    limit = length;
  }

  @Override
  public Entry next() {
    return Entry.END;
  }

  @Override
  public byte[] buffer() {
    return body;
  }

  @Override
  public int spanStart() {
    return limit;
  }

  @Override
  public int spanEnd() {
    return limit;
  }

  @Override
  public double value() {
    return 0;
  }

  @Override
  public boolean hasTimestamp() {
    return false;
  }

  @Override
  public long timestampMillis() {
    return 0;
  }

  @Override
  public Labels labels() {
    return Labels.EMPTY;
  }

  @Override
  public boolean hasExemplar() {
    return false;
  }

  @Override
  public Exemplar exemplar() {
    return new Exemplar(Labels.EMPTY, 0, 0, false);
  }

  @Override
  public int familyStart() {
    return 0;
  }

  @Override
  public int familyEnd() {
    return 0;
  }

  @Override
  public int textStart() {
    return 0;
  }

  @Override
  public int textEnd() {
    return 0;
  }

  @Override
  public MetricType type() {
    return MetricType.UNKNOWN;
  }

  @Override
  public String family() {
    return "";
  }

  @Override
  public String text() {
    return "";
  }
}

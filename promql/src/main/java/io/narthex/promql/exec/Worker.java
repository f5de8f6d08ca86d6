package io.narthex.promql.exec;

import io.narthex.promql.function.Column;
import io.narthex.promql.function.Scratch;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scratch space of one computing thread, borrowed and given back like a stack, so that columns and
 * buffers are allocated once per thread and not once per series.
 */
public final class Worker {
  private final List<ArrayDeque<Column>> columns = new ArrayList<>();
  private final ArrayDeque<SampleBuffer> buffers = new ArrayDeque<>();
  private final Scratch scratch = new Scratch();
  private final LastRead lastRead = new LastRead();

  /** A column with any content. */
  public Column borrow(int steps) {
    ArrayDeque<Column> free = pool(steps);
    Column column = free == null ? null : free.poll();
    return column == null ? new Column(steps) : column;
  }

  public void release(Column column) {
    ArrayDeque<Column> free = pool(column.steps);
    if (free == null) {
      free = new ArrayDeque<>();
      columns.add(free);
    }
    column.histograms = null;
    free.push(column);
  }

  /** Pools are told apart by the size of what lies in them; a query has one or two grids. */
  private @Nullable ArrayDeque<Column> pool(int steps) {
    for (int i = 0; i < columns.size(); i++) {
      ArrayDeque<Column> pool = columns.get(i);
      Column first = pool.peek();
      if (first == null || first.steps == steps) {
        return pool;
      }
    }
    return null;
  }

  public SampleBuffer borrowBuffer() {
    SampleBuffer buffer = buffers.poll();
    return buffer == null ? new SampleBuffer() : buffer;
  }

  public void release(SampleBuffer buffer) {
    buffers.push(buffer);
  }

  public Scratch scratch() {
    return scratch;
  }

  public LastRead lastRead() {
    return lastRead;
  }
}

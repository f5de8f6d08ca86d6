package io.narthex.tsdb.chunk;

import java.util.Arrays;

/**
 * Walks over several runs of samples, each ascending in time, as one. Of samples with the same time
 * one counts, and which is decided as Prometheus decides it: the run that gave the sample before
 * yields to the others, which stand in a binary heap by time.
 *
 * <p>Use: {@link #clear}, {@link #add} for each run, {@link #next} to the end.
 */
public final class SampleChain {
  private long[][] times = new long[4][];
  private int[] sizes = new int[4];
  private int[] at = new int[4];
  private int[] heap = new int[4];
  private int runs;
  private int heaped;
  private int current;
  private boolean started;
  private boolean consecutive;
  private long lastTime;

  public void clear() {
    runs = 0;
    heaped = 0;
    started = false;
    lastTime = Long.MIN_VALUE;
  }

  /** Adds a run; the array is not copied. */
  public void add(long[] ascending, int size) {
    if (runs == sizes.length) {
      times = Arrays.copyOf(times, 2 * runs);
      sizes = Arrays.copyOf(sizes, 2 * runs);
      at = Arrays.copyOf(at, 2 * runs);
      heap = Arrays.copyOf(heap, 2 * runs);
    }
    times[runs] = ascending;
    sizes[runs++] = size;
  }

  /** Steps to the next sample; false at the end. */
  public boolean next() {
    boolean changed = !started;
    if (!started) {
      start();
    }
    if (current < 0) {
      return false;
    }
    while (true) {
      if (++at[current] < sizes[current]) {
        long t = time(current);
        if (t == lastTime) {
          continue;
        }
        if (heaped == 0 || t < time(heap[0])) {
          break;
        }
        push(current);
      } else if (heaped == 0) {
        current = -1;
        return false;
      }
      current = pop();
      changed = true;
      if (time(current) != lastTime) {
        break;
      }
    }
    consecutive = !changed;
    lastTime = time(current);
    return true;
  }

  private void start() {
    started = true;
    current = runs == 0 ? -1 : 0;
    for (int run = 0; run < runs; run++) {
      at[run] = run == 0 ? -1 : 0;
      if (run > 0 && sizes[run] > 0) {
        push(run);
      }
    }
  }

  /** The run of the sample, in the order of {@link #add}. */
  public int run() {
    return current;
  }

  /** Where in its run the sample stands. */
  public int index() {
    return at[current];
  }

  /** Whether the sample follows the one before in the same run. */
  public boolean consecutive() {
    return consecutive;
  }

  private long time(int run) {
    return times[run][at[run]];
  }

  private void push(int run) {
    int i = heaped++;
    heap[i] = run;
    while (i > 0) {
      int parent = (i - 1) / 2;
      if (time(heap[i]) >= time(heap[parent])) {
        return;
      }
      swap(i, parent);
      i = parent;
    }
  }

  private int pop() {
    swap(0, --heaped);
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= heaped) {
        break;
      }
      if (child + 1 < heaped && time(heap[child + 1]) < time(heap[child])) {
        child++;
      }
      if (time(heap[child]) >= time(heap[i])) {
        break;
      }
      swap(i, child);
      i = child;
    }
    return heap[heaped];
  }

  private void swap(int a, int b) {
    int run = heap[a];
    heap[a] = heap[b];
    heap[b] = run;
  }
}

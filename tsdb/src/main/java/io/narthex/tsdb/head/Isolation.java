package io.narthex.tsdb.head;

import java.util.Arrays;

/**
 * Makes batches visible whole.
 *
 * <p>Every sample that a commit adds takes the next position of a log, and the log remembers for it
 * the time of the series' newest sample before it and that sample's position. The series' row keeps
 * the position of its newest sample. A view is a position, the end of the last finished commit: a
 * series whose newest sample stands before it is visible to its end; else the reader follows the
 * log back to the first sample that the view must not see, and reads up to the time remembered
 * there.
 *
 * <p>The log is kept only from the oldest open view on; without open views it is one page written
 * over and over. So nothing but one long per series is needed for isolation in steady state,
 * writers never wait for readers, and readers never for writers.
 *
 * <p>It also knows who is open: rows taken out of the index are kept until all views and appenders
 * that could know them are closed, and truncation waits for views of the truncated range.
 */
final class Isolation {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_ENTRIES = 1 << PAGE_BITS;
  private static final int SPARE_PAGES = 16;

  /** Log pages from one page number on. */
  private record Pages(long first, long[][] pages) {}

  private final long[][] spare = new long[SPARE_PAGES][];
  private int spareCount;
  private volatile Pages log = new Pages(0, new long[0][]);

  /** Positions written; only the committing thread looks at it. */
  private long position;

  private long committed;
  private long sequence;
  private boolean impatient;
  private final Member views = new Member();
  private final Member appenders = new Member();

  /** Something open, in a ring. */
  static final class Member {
    private Member previous = this;
    private Member next = this;

    /** When it was opened, counted over all views and appenders. */
    private long sequence;

    /** Of a view: the end of what it sees. */
    private long position;

    private long mint;
    private long maxt;

    long position() {
      return position;
    }
  }

  /** Opens a view of what is committed, for a range of time. */
  synchronized Member openView(long mint, long maxt) {
    Member view = new Member();
    view.position = committed;
    view.mint = mint;
    view.maxt = maxt;
    insert(views, view);
    return view;
  }

  /** Notes an appender that may add samples from a time on. */
  synchronized Member openAppender(long mint) {
    Member appender = new Member();
    appender.mint = mint;
    appender.maxt = Long.MAX_VALUE;
    insert(appenders, appender);
    return appender;
  }

  synchronized void close(Member member) {
    member.previous.next = member.next;
    member.next.previous = member.previous;
    member.next = member;
    member.previous = member;
    notifyAll();
  }

  /** The next position; the caller records it before it changes the row. */
  long next(long timeBefore, long positionBefore) {
    long at = position;
    Pages pages = log;
    int page = (int) ((at >>> PAGE_BITS) - pages.first);
    if (page == pages.pages.length) {
      pages = grown(pages);
    }
    long[] entries = pages.pages[page];
    int entry = (int) (at & (PAGE_ENTRIES - 1)) << 1;
    entries[entry] = timeBefore;
    entries[entry + 1] = positionBefore;
    position = at + 1;
    return at;
  }

  /** Ends a commit: views opened from now on see it. */
  synchronized void commit() {
    committed = position;
    long needed = committed;
    for (Member view = views.next; view != views; view = view.next) {
      needed = Math.min(needed, view.position);
    }
    dropBefore(needed >>> PAGE_BITS);
  }

  /**
   * The last time that a view sees of a series.
   *
   * @param newest position of the series' newest sample
   */
  long visibleUntil(Member view, long newest) {
    if (newest < view.position) {
      return Long.MAX_VALUE;
    }
    Pages pages = log;
    long at = newest;
    while (true) {
      long[] entries = pages.pages[(int) ((at >>> PAGE_BITS) - pages.first)];
      int entry = (int) (at & (PAGE_ENTRIES - 1)) << 1;
      long before = entries[entry + 1];
      if (before < view.position) {
        return entries[entry];
      }
      at = before;
    }
  }

  /** A number that everything opened later exceeds, and everything opened before does not. */
  synchronized long sequence() {
    return sequence;
  }

  /** Whether all that was opened up to a {@link #sequence} is closed. */
  synchronized boolean closedUpTo(long limit) {
    return oldest(views) > limit && oldest(appenders) > limit;
  }

  /** Waits until no view of a range is open that was opened up to a sequence; false on timeout. */
  synchronized boolean awaitViews(long mint, long maxt, long limit, long timeoutMillis)
      throws InterruptedException {
    return await(views, mint, maxt, limit, timeoutMillis);
  }

  /** Waits until no appender is open that may add samples before a time; false on timeout. */
  synchronized boolean awaitAppenders(long before, long limit, long timeoutMillis)
      throws InterruptedException {
    return await(appenders, Long.MIN_VALUE, before - 1, limit, timeoutMillis);
  }

  synchronized int openAppenders() {
    int n = 0;
    for (Member m = appenders.next; m != appenders; m = m.next) {
      n++;
    }
    return n;
  }

  /** End of the last commit, as a position. */
  synchronized long highWatermark() {
    return committed;
  }

  /** The oldest position that somebody still reads at. */
  synchronized long lowWatermark() {
    long low = committed;
    for (Member view = views.next; view != views; view = view.next) {
      low = Math.min(low, view.position);
    }
    return low;
  }

  /** Ends all waiting, now and later. */
  synchronized void stopWaiting() {
    impatient = true;
    notifyAll();
  }

  private boolean await(Member ring, long mint, long maxt, long limit, long timeoutMillis)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
    while (overlapping(ring, mint, maxt, limit)) {
      long left = (deadline - System.nanoTime()) / 1_000_000L;
      if (left <= 0 || impatient) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private static boolean overlapping(Member ring, long mint, long maxt, long limit) {
    for (Member m = ring.next; m != ring; m = m.next) {
      if (m.sequence <= limit && m.mint <= maxt && m.maxt >= mint) {
        return true;
      }
    }
    return false;
  }

  private void insert(Member ring, Member member) {
    member.sequence = ++sequence;
    member.previous = ring.previous;
    member.next = ring;
    ring.previous.next = member;
    ring.previous = member;
  }

  private static long oldest(Member ring) {
    return ring.next == ring ? Long.MAX_VALUE : ring.next.sequence;
  }

  private Pages grown(Pages pages) {
    int n = pages.pages.length;
    long[][] grown = Arrays.copyOf(pages.pages, n + 1);
    grown[n] = spareCount > 0 ? spare[--spareCount] : new long[PAGE_ENTRIES << 1];
    Pages next = new Pages(pages.first, grown);
    log = next;
    return next;
  }

  private void dropBefore(long page) {
    Pages pages = log;
    int drop = (int) (page - pages.first);
    if (drop <= 0) {
      return;
    }
    int kept = Math.min(drop, pages.pages.length);
    for (int i = 0; i < kept && spareCount < SPARE_PAGES; i++) {
      spare[spareCount++] = pages.pages[i];
    }
    log = new Pages(page, Arrays.copyOfRange(pages.pages, kept, pages.pages.length));
  }
}

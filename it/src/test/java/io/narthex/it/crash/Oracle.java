package io.narthex.it.crash;

import io.narthex.it.process.Api;
import io.narthex.it.process.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Knows from outside what the server has to have: what was sent, what of it was acknowledged or
 * shown by a query, and what was deleted. {@link #verify} compares; what it finds of samples whose
 * fate was open is how they have to stay.
 */
final class Oracle {
  /** What is known of a sample. */
  enum State {
    /** Sent without an answer: it may be there or not. */
    SENT,
    /** It must be there. */
    KEPT,
    /** Its deletion was asked for without an answer: it may be there or not. */
    DOOMED,
    /** It must not be there. */
    GONE,
    /** Whatever becomes of it is right. */
    UNJUDGED
  }

  private static final class Sample {
    private State state;
    private final String value;

    Sample(State state, String value) {
      this.state = state;
      this.value = value;
    }

    void delete(boolean done) {
      if (state == State.UNJUDGED) {
        return;
      }
      if (done) {
        state = State.GONE;
      } else if (state != State.GONE) {
        state = State.DOOMED;
      }
    }
  }

  private record Deletion(Predicate<String> ids, long from, long to) {
    boolean hits(String id, long time) {
      return time >= from && time <= to && ids.test(id);
    }
  }

  private final Map<String, NavigableMap<Long, Sample>> series = new TreeMap<>();
  private final List<Deletion> deletions = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /** A sample is about to be sent, perhaps once more. */
  synchronized void sent(String id, long time, String value) {
    Sample sample = samples(id).computeIfAbsent(time, key -> new Sample(State.SENT, value));
    sample.state = sample.state == State.GONE ? State.SENT : sample.state;
  }

  synchronized void acknowledged(String id, long time) {
    samples(id).get(time).state = State.KEPT;
  }

  /** Whether the sample is there, now and later, says nothing. */
  synchronized void unjudged(String id, long time) {
    samples(id).get(time).state = State.UNJUDGED;
  }

  /**
   * All of some series and of a range of time, both ends included, is being deleted, or has been.
   */
  synchronized void deletion(Predicate<String> ids, long from, long to, boolean done) {
    deletions.add(new Deletion(ids, from, to));
    series.forEach(
        (id, samples) -> {
          if (ids.test(id)) {
            samples.subMap(from, true, to, true).values().forEach(sample -> sample.delete(done));
          }
        });
  }

  synchronized void fault(String text) {
    faults.add(text);
  }

  synchronized long count(State state) {
    long count = 0;
    for (NavigableMap<Long, Sample> samples : series.values()) {
      count += samples.values().stream().filter(sample -> sample.state == state).count();
    }
    return count;
  }

  synchronized long earliest() {
    return series.values().stream()
        .filter(samples -> !samples.isEmpty())
        .mapToLong(NavigableMap::firstKey)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Reads a range of time back, both ends included, and lists what is lost, invented or wrong.
   * Nobody may send meanwhile.
   *
   * @param name the metric; series of other metrics are not looked at
   */
  synchronized List<String> verify(Api api, String name, long from, long to) {
    return verify(api, name, from, to, id -> true);
  }

  /** The same, comparing the values of some series only. */
  synchronized List<String> verify(
      Api api, String name, long from, long to, Predicate<String> comparesValues) {
    for (long start = from; start <= to; start += 60_000) {
      long end = Math.min(to, start + 59_999);
      compare(name, read(api, name, start, end), start, end, comparesValues);
    }
    return faults();
  }

  /**
   * The same for a metric that the server scrapes meanwhile: samples that are new here are kept
   * from now on. All is judged by one answer, since a scrape that began within the range may be
   * stored between two.
   */
  synchronized List<String> verifyScraped(Api api, String name, long from, long to) {
    for (long start = from; start <= to; start += 60_000) {
      long end = Math.min(to, start + 59_999);
      Map<String, NavigableMap<Long, String>> stored = read(api, name, start, end);
      adopt(stored);
      compare(name, stored, start, end, id -> true);
    }
    return faults();
  }

  /** What a query shows of a metric must stay, whoever has sent it. */
  synchronized void observe(Api api, String name, long from, long to) {
    adopt(read(api, name, from, to));
  }

  private void adopt(Map<String, NavigableMap<Long, String>> stored) {
    stored.forEach(
        (id, values) ->
            values.forEach(
                (time, value) ->
                    samples(id).computeIfAbsent(time, key -> new Sample(State.KEPT, value))));
  }

  private List<String> faults() {
    List<String> found = List.copyOf(faults);
    faults.clear();
    return found;
  }

  private NavigableMap<Long, Sample> samples(String id) {
    return series.computeIfAbsent(id, key -> new TreeMap<>());
  }

  private void compare(
      String name,
      Map<String, NavigableMap<Long, String>> stored,
      long from,
      long to,
      Predicate<String> comparesValues) {
    stored.forEach((id, values) -> compare(id, values, comparesValues.test(id)));
    series.forEach(
        (id, samples) -> {
          if (!id.startsWith(name + "/")) {
            return;
          }
          NavigableMap<Long, String> there = stored.getOrDefault(id, new TreeMap<>());
          List<Long> lost = new ArrayList<>();
          samples
              .subMap(from, true, to, true)
              .forEach(
                  (time, sample) -> {
                    if (there.containsKey(time) || sample.state == State.UNJUDGED) {
                      return;
                    }
                    if (sample.state == State.KEPT) {
                      lost.add(time);
                    }
                    sample.state = State.GONE;
                  });
          if (!lost.isEmpty()) {
            faults.add(id + " lost " + lost.size() + " samples: " + some(lost) + deleted(id, lost));
          }
        });
  }

  private void compare(String id, NavigableMap<Long, String> stored, boolean comparesValues) {
    NavigableMap<Long, Sample> known = samples(id);
    List<Long> invented = new ArrayList<>();
    List<Long> back = new ArrayList<>();
    stored.forEach(
        (time, value) -> {
          Sample sample = known.get(time);
          if (sample == null) {
            invented.add(time);
            return;
          }
          if (sample.state == State.GONE) {
            back.add(time);
          }
          if (sample.state != State.UNJUDGED) {
            sample.state = State.KEPT;
          }
          if (comparesValues && !sample.value.equals(value)) {
            faults.add(id + " has " + value + " at " + time + " instead of " + sample.value);
          }
        });
    if (!invented.isEmpty()) {
      faults.add(id + " has samples that were never sent: " + some(invented));
    }
    if (!back.isEmpty()) {
      faults.add(id + " has samples that were gone: " + some(back));
    }
  }

  /** Samples may come back to a range that was deleted before, and are to be kept then. */
  private String deleted(String id, List<Long> times) {
    long count =
        times.stream().filter(time -> deletions.stream().anyMatch(d -> d.hits(id, time))).count();
    return ", " + count + " of them in a range that was deleted before they were sent";
  }

  private static String some(List<Long> times) {
    return times.size() <= 5 ? times.toString() : times.subList(0, 5) + " to " + times.getLast();
  }

  /** Values by series ({@code NAME/SERIES}) and time. */
  private static Map<String, NavigableMap<Long, String>> read(
      Api api, String name, long from, long to) {
    Map<String, NavigableMap<Long, String>> stored = new LinkedHashMap<>();
    // A range is open at its left end in Prometheus 3 and closed in Prometheus 2.
    Object data = api.query(name + "[" + (to - from + 1) + "ms]", to / 1000.0);
    for (Object element : Json.list(Json.at(data, "result"))) {
      NavigableMap<Long, String> values =
          stored.computeIfAbsent(
              name + "/" + Json.at(element, "metric", "series"), key -> new TreeMap<>());
      for (String kind : List.of("values", "histograms")) {
        Object pairs = Json.at(element, kind);
        for (Object pair : pairs == null ? List.of() : Json.list(pairs)) {
          long time = Math.round((Double) Json.list(pair).get(0) * 1000);
          if (time >= from) {
            values.put(time, Sent.text(Json.list(pair).get(1)));
          }
        }
      }
    }
    return stored;
  }
}

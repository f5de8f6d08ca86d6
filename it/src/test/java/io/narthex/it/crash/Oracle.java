package io.narthex.it.crash;

import io.narthex.it.process.Api;
import io.narthex.it.process.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows from outside what the server has: samples that were sent, and those of them that it
 * acknowledged. What is stored must hold all acknowledged samples and none that was never sent. A
 * sample's value is its time, so that a wrong value shows too.
 */
final class Oracle {
  private final Map<String, TreeSet<Long>> sent = new TreeMap<>();
  private final Map<String, TreeSet<Long>> acknowledged = new TreeMap<>();

  synchronized void sent(String series, long timestampMillis) {
    sent.computeIfAbsent(series, key -> new TreeSet<>()).add(timestampMillis);
  }

  synchronized void acknowledged(String series, long timestampMillis) {
    acknowledged.computeIfAbsent(series, key -> new TreeSet<>()).add(timestampMillis);
  }

  synchronized int acknowledgedSamples() {
    return acknowledged.values().stream().mapToInt(TreeSet::size).sum();
  }

  /** Reads everything back and lists what is lost, invented or wrong. */
  synchronized List<String> faults(Api api, long endMillis) {
    List<String> faults = new ArrayList<>();
    Object data = api.query("oracle[1h]", endMillis / 1000.0);
    Map<String, TreeSet<Long>> stored = new TreeMap<>();
    for (Object element : Json.list(Json.at(data, "result"))) {
      String series = (String) Json.at(element, "metric", "series");
      TreeSet<Long> times = new TreeSet<>();
      for (Object pair : Json.list(Json.at(element, "values"))) {
        long time = Math.round((Double) Json.list(pair).get(0) * 1000);
        times.add(time);
        long value = Math.round(Double.parseDouble((String) Json.list(pair).get(1)));
        if (value != time) {
          faults.add(series + " has value " + value + " at " + time);
        }
      }
      stored.put(series, times);
    }
    acknowledged.forEach(
        (series, times) -> {
          TreeSet<Long> lost = new TreeSet<>(times);
          lost.removeAll(stored.getOrDefault(series, new TreeSet<>()));
          if (!lost.isEmpty()) {
            faults.add(
                series
                    + " lost "
                    + lost.size()
                    + " acknowledged samples, first at "
                    + lost.first());
          }
        });
    stored.forEach(
        (series, times) -> {
          TreeSet<Long> invented = new TreeSet<>(times);
          invented.removeAll(sent.getOrDefault(series, new TreeSet<>()));
          if (!invented.isEmpty()) {
            faults.add(
                series
                    + " has "
                    + invented.size()
                    + " samples that were never sent: "
                    + invented.first());
          }
        });
    return faults;
  }
}

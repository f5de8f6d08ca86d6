package io.narthex.scrape;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.labels.Labels;
import io.narthex.model.metadata.MetricMetadata;
import io.narthex.model.value.Exemplar;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what is committed, and refuses what a head refuses: samples that are not newer than the
 * newest of their series.
 */
final class RecordingStorage implements Appendable {
  record Sample(Labels labels, long t, double value, long start) {}

  private final Map<Labels, Long> refs = new HashMap<>();
  private final Map<Long, Labels> series = new HashMap<>();
  private final Map<Long, Sample> newest = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private final Map<String, MetricMetadata> metadata = new HashMap<>();
  private long nextRef = 1;
  private int commits;
  private int rollbacks;

  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  synchronized List<Exemplar> exemplars() {
    return List.copyOf(exemplars);
  }

  synchronized Map<String, MetricMetadata> metadata() {
    return Map.copyOf(metadata);
  }

  synchronized int commits() {
    return commits;
  }

  synchronized int rollbacks() {
    return rollbacks;
  }

  synchronized int seriesCount() {
    return refs.size();
  }

  /** All committed samples of a metric, oldest first. */
  List<Sample> of(String metric) {
    return samples().stream().filter(s -> s.labels().metricName().equals(metric)).toList();
  }

  List<Double> values(String metric) {
    return of(metric).stream().map(Sample::value).toList();
  }

  /** Makes all references invalid, as a head does that has dropped the series. */
  synchronized void forgetSeries() {
    refs.clear();
    series.clear();
    newest.clear();
  }

  @Override
  public Appender appender() {
    return new Batch();
  }

  private final class Batch implements Appender {
    private final List<Sample> pending = new ArrayList<>();
    private final List<Long> pendingRefs = new ArrayList<>();
    private final List<Exemplar> pendingExemplars = new ArrayList<>();
    private boolean done;

    @Override
    public long series(Labels labels) {
      synchronized (RecordingStorage.this) {
        return refs.computeIfAbsent(
            labels,
            l -> {
              series.put(nextRef, l);
              return nextRef++;
            });
      }
    }

    @Override
    public AppendResult append(long ref, long t, double value) {
      return append(ref, t, value, 0);
    }

    @Override
    public AppendResult append(long ref, long t, double value, long start) {
      synchronized (RecordingStorage.this) {
        Labels labels = series.get(ref);
        if (labels == null) {
          return AppendResult.UNKNOWN_SERIES;
        }
        Sample last = newest.get(ref);
        if (last != null && t < last.t) {
          return AppendResult.OUT_OF_ORDER;
        }
        if (last != null && t == last.t && Double.compare(value, last.value) != 0) {
          return AppendResult.DUPLICATE_TIMESTAMP;
        }
        pending.add(new Sample(labels, t, value, start));
        pendingRefs.add(ref);
        return AppendResult.OK;
      }
    }

    @Override
    public AppendResult append(long ref, long t, Histogram histogram) {
      return AppendResult.INVALID;
    }

    @Override
    public AppendResult append(long ref, long t, FloatHistogram histogram) {
      return AppendResult.INVALID;
    }

    @Override
    public AppendResult appendExemplar(long ref, Exemplar exemplar) {
      pendingExemplars.add(exemplar);
      return AppendResult.OK;
    }

    @Override
    public void updateMetadata(long ref, MetricMetadata m) {
      synchronized (RecordingStorage.this) {
        metadata.put(series.get(ref).metricName(), m);
      }
    }

    @Override
    public void commit() {
      synchronized (RecordingStorage.this) {
        samples.addAll(pending);
        exemplars.addAll(pendingExemplars);
        for (int i = 0; i < pending.size(); i++) {
          newest.put(pendingRefs.get(i), pending.get(i));
        }
        commits++;
      }
      done = true;
    }

    @Override
    public void rollback() {
      synchronized (RecordingStorage.this) {
        rollbacks++;
      }
      done = true;
    }

    @Override
    public void close() {
      if (!done) {
        rollback();
      }
    }
  }
}

package io.narthex.scrape;

import io.narthex.config.ScrapeConfig;
import io.narthex.config.ScrapeProtocol;
import io.narthex.exposition.Entry;
import io.narthex.exposition.ExpositionCursor;
import io.narthex.exposition.ExpositionException;
import io.narthex.exposition.negotiation.BodyFormat;
import io.narthex.exposition.negotiation.FormatNegotiation;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.value.Exemplar;
import io.narthex.model.value.StaleMarker;
import io.narthex.storage.AppendResult;
import io.narthex.storage.Appender;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns one body after the other into samples of one target: parses, finds each series in the cache
 * or makes its labels, applies limits, appends, and marks what has vanished as stale. Allocates
 * nothing for a sample of a series that the cache knows.
 *
 * <p>Follows scrapeLoop.append of Prometheus' scrape/scrape.go.
 */
final class ScrapeBatch {
  /** How far in the future a target may date its samples. */
  private static final long MAX_AHEAD_MILLIS = 10 * 60_000L;

  /**
   * How long name and labels of one series may be. Prometheus has no such limit, but no sensible
   * series comes near it, and one that does must not burden storage and queries.
   */
  private static final int MAX_SPAN_BYTES = 1 << 20;

  private final PoolContext context;
  private final ScrapeConfig config;
  private final ScrapeMetrics metrics;
  private final ScrapeCache cache;
  private final MetadataCache metadata;
  private final SampleLabels sampleLabels;
  private final SeriesRules rules;
  private final AppendErrors errors;
  private final boolean appendMetadata;
  private final boolean startTimestamps;
  private final long sampleLimit;

  private String lastContentType = "";
  private @Nullable FormatNegotiation lastFormat;

  // The state of the body at hand.
  private @Nullable Appender appender;
  private long scrapeMillis;
  private long maxMillis;
  private long limited;
  private boolean overLimit;
  private int total;
  private int kept;
  private int seriesAdded;
  private MetadataCache.@Nullable Family lastFamily;

  ScrapeBatch(
      PoolContext context,
      ScrapeCache cache,
      MetadataCache metadata,
      SampleLabels sampleLabels,
      AppendErrors errors) {
    this.context = context;
    this.config = context.config();
    this.metrics = context.shared().metrics();
    this.cache = cache;
    this.metadata = metadata;
    this.sampleLabels = sampleLabels;
    this.rules = new SeriesRules(config);
    this.errors = errors;
    this.appendMetadata = context.shared().options().appendMetadata();
    this.startTimestamps = context.shared().options().startTimestamps();
    this.sampleLimit = config.limits().samples();
  }

  /** Samples in the last body. */
  int total() {
    return total;
  }

  /** Samples left after metric relabeling. */
  int kept() {
    return kept;
  }

  /** Series that were not there the time before. */
  int seriesAdded() {
    return seriesAdded;
  }

  /**
   * Appends a body.
   *
   * @return why the scrape has failed, so that the batch must be rolled back; empty where it has
   *     not
   */
  String append(Appender into, byte[] body, int length, String contentType, long timestampMillis) {
    begin(into, timestampMillis);
    if (length == 0) {
      appendStale();
      end(false);
      return "";
    }
    FormatNegotiation chosen = format(contentType);
    if (chosen.format().isEmpty()) {
      errors.unknownFormat(contentType, fallbackMediaType(), chosen.problem());
      return chosen.problem();
    }
    if (!chosen.problem().isEmpty()) {
      errors.fallbackFormat(chosen.problem());
    }
    String problem = parse(chosen.format().get(), body, length);
    if (overLimit) {
      metrics.exceededSampleLimit.inc();
      problem = problem.isEmpty() ? "sample limit exceeded" : problem;
    }
    errors.report();
    if (problem.isEmpty()) {
      appendStale();
      end(true);
    }
    return problem;
  }

  /** Marks everything as stale that is not in this scrape; used where there is no body. */
  void appendNothing(Appender into, long timestampMillis) {
    int scraped = total;
    int remaining = kept;
    int newSeries = seriesAdded;
    begin(into, timestampMillis);
    appendStale();
    end(false);
    total = scraped;
    kept = remaining;
    seriesAdded = newSeries;
  }

  private void begin(Appender into, long timestampMillis) {
    appender = into;
    scrapeMillis = timestampMillis;
    maxMillis = System.currentTimeMillis() + MAX_AHEAD_MILLIS;
    limited = 0;
    overLimit = false;
    total = 0;
    kept = 0;
    seriesAdded = 0;
    lastFamily = null;
    errors.clear();
    cache.begin();
    metadata.begin();
  }

  private void end(boolean whole) {
    if (cache.end(whole)) {
      metrics.cacheFlushForced.inc();
    }
    metadata.end(whole);
    appender = null;
  }

  private FormatNegotiation format(String contentType) {
    FormatNegotiation known = lastFormat;
    if (known == null || !contentType.equals(lastContentType)) {
      known = FormatNegotiation.of(contentType, fallbackMediaType());
      lastContentType = contentType;
      lastFormat = known;
    }
    return known;
  }

  private String fallbackMediaType() {
    return config.fallbackProtocol().map(ScrapeProtocol::mediaType).orElse("");
  }

  private String parse(BodyFormat format, byte[] body, int length) {
    ExpositionCursor cursor;
    try {
      cursor = context.shared().cursors().take(format);
    } catch (ExpositionException e) {
      return e.getMessage();
    }
    cursor.predictor(cache);
    cursor.reset(body, length);
    try {
      return entries(cursor);
    } catch (ExpositionException e) {
      return e.getMessage();
    } finally {
      context.shared().cursors().give(format, cursor);
    }
  }

  private String entries(ExpositionCursor cursor) {
    while (true) {
      Entry entry = cursor.next();
      switch (entry) {
        case SERIES -> {
          String problem = sample(cursor);
          if (!problem.isEmpty()) {
            return problem;
          }
        }
        case TYPE, HELP, UNIT -> lastFamily = metadata.line(entry, cursor);
        case COMMENT -> {}
        case END -> {
          return "";
        }
      }
    }
  }

  /** Takes one sample; yields why the scrape must fail, mostly nothing. */
  private String sample(ExpositionCursor cursor) {
    total++;
    int entry = cache.find(cursor.buffer(), cursor.spanStart(), cursor.spanEnd());
    if (entry == ScrapeCache.NONE) {
      return newSeries(cursor);
    }
    boolean again = cache.touch(entry);
    if (cache.dropped(entry)) {
      return "";
    }
    boolean ownTime = config.honorTimestamps() && cursor.hasTimestamp();
    long t = ownTime ? cursor.timestampMillis() : scrapeMillis;
    long ref = cache.ref(entry);
    boolean accepted;
    if (again && !ownTime) {
      errors.count(AppendResult.DUPLICATE_TIMESTAMP);
      accepted = false;
    } else {
      long start = start(cursor);
      AppendResult result = appendLimited(ref, t, cursor.value(), start);
      if (result == AppendResult.UNKNOWN_SERIES) {
        ref = resolveAgain(entry, cursor);
        result = storage().append(ref, t, cursor.value(), start);
      }
      accepted = result == AppendResult.OK;
      if (!accepted) {
        errors.count(result);
      }
    }
    if (accepted && (!ownTime || config.trackTimestampsStaleness())) {
      cache.track(entry);
    }
    kept++;
    if (accepted && cursor.hasExemplar()) {
      exemplar(cursor, ref, t);
    }
    if (appendMetadata && lastFamily != null && metadata.changed(lastFamily)) {
      metadataOf(
          cache.ref(entry),
          sampleLabels.of(cursor.labels(), cursor.emptyLabels()).orElse(Labels.EMPTY));
    }
    return "";
  }

  /** Since when the sample counts; finding out is costly. */
  private long start(ExpositionCursor cursor) {
    return startTimestamps ? cursor.startTimestampMillis() : 0;
  }

  private Appender storage() {
    Appender a = appender;
    if (a == null) {
      throw new IllegalStateException("BUG: no batch is open");
    }
    return a;
  }

  /** Appends unless a limit is in the way; {@link AppendResult#INVALID} says the sample limit. */
  private AppendResult appendLimited(long ref, long t, double value, long start) {
    if (sampleLimit > 0 && ++limited > sampleLimit) {
      overLimit = true;
      return AppendResult.INVALID;
    }
    if (t > maxMillis) {
      return AppendResult.OUT_OF_BOUNDS;
    }
    return storage().append(ref, t, value, start);
  }

  /** The storage has dropped the series meanwhile: finds or makes it again. */
  private long resolveAgain(int entry, ExpositionCursor cursor) {
    Labels labels = cursor.labels();
    long ref =
        sampleLabels
            .of(labels, cursor.emptyLabels())
            .map(stored -> storage().series(stored))
            .orElseThrow(() -> new IllegalStateException("BUG: a kept series is dropped now"));
    cache.ref(entry, ref);
    return ref;
  }

  private String newSeries(ExpositionCursor cursor) {
    int length = cursor.spanEnd() - cursor.spanStart();
    if (length > MAX_SPAN_BYTES) {
      return "name and labels of a series take "
          + length
          + " bytes, more than "
          + MAX_SPAN_BYTES
          + "; shorten its label values";
    }
    Labels exposed = cursor.labels();
    Optional<Labels> stored = sampleLabels.of(exposed, cursor.emptyLabels());
    if (stored.isEmpty()) {
      cache.add(ScrapeCache.DROPPED, length);
      return "";
    }
    Labels labels = stored.get();
    String problem = rules.nameProblem(labels);
    if (!problem.isEmpty()) {
      return problem;
    }
    problem = rules.limitProblem(labels);
    if (!problem.isEmpty()) {
      metrics.exceededLabelLimits.inc();
      return problem;
    }
    if (!cursor.duplicateLabel().isEmpty()) {
      return "label name "
          + GoQuote.quote(cursor.duplicateLabel())
          + " is not unique: invalid sample";
    }
    boolean ownTime = config.honorTimestamps() && cursor.hasTimestamp();
    long t = ownTime ? cursor.timestampMillis() : scrapeMillis;
    kept++;
    AppendResult result = firstSample(labels, t, cursor.value(), start(cursor));
    if (result != AppendResult.OK) {
      errors.count(result);
      return "";
    }
    int entry = cache.add(lastRef, length);
    if (!ownTime || config.trackTimestampsStaleness()) {
      cache.track(entry);
    }
    if (!overLimit) {
      seriesAdded++;
    }
    if (cursor.hasExemplar()) {
      exemplar(cursor, lastRef, t);
    }
    if (appendMetadata) {
      metadataOf(lastRef, labels);
    }
    return "";
  }

  private long lastRef;

  /** Appends the first sample of a series, which the storage learns of only within the limits. */
  private AppendResult firstSample(Labels labels, long t, double value, long start) {
    if (sampleLimit > 0 && limited + 1 > sampleLimit) {
      limited++;
      overLimit = true;
      return AppendResult.INVALID;
    }
    if (t > maxMillis) {
      limited++;
      return AppendResult.OUT_OF_BOUNDS;
    }
    lastRef = storage().series(labels);
    return appendLimited(lastRef, t, value, start);
  }

  private void exemplar(ExpositionCursor cursor, long ref, long t) {
    Exemplar exemplar = cursor.exemplar();
    if (!exemplar.hasTimestamp()) {
      exemplar = new Exemplar(exemplar.labels(), exemplar.value(), t, false);
    }
    if (storage().appendExemplar(ref, exemplar) == AppendResult.OUT_OF_ORDER_EXEMPLAR) {
      errors.count(AppendResult.OUT_OF_ORDER_EXEMPLAR);
    }
  }

  private void metadataOf(long ref, Labels labels) {
    MetadataCache.Family family = lastFamily;
    if (family != null) {
      FamilyMetadata m = family.metadata();
      if (SeriesFamily.contains(m.family(), m.metadata().type(), labels.metricName())) {
        storage().updateMetadata(ref, m.metadata());
      }
    }
  }

  private void appendStale() {
    storage().refuseOutOfOrder(true);
    for (long ref : cache.stale()) {
      // Refusals are normal: the target may be back already, under another loop.
      AppendResult unused = storage().append(ref, scrapeMillis, StaleMarker.VALUE);
    }
    storage().refuseOutOfOrder(false);
  }
}

package io.narthex.web.api.v1;

import io.narthex.http.server.Exchange;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelName;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.NotReadyException;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** `/series`, `/labels` and `/label/<name>/values`: what there is, without samples. */
final class SeriesHandler {
  private static final String TRUNCATED = "results truncated due to limit";

  private final Queryable storage;

  SeriesHandler(Queryable storage) {
    this.storage = storage;
  }

  /** What a request asks for, read in the order in which Prometheus reports mistakes. */
  private record Request(int limit, long mint, long maxt, List<List<Matcher>> matcherSets) {
    static Request labels(ApiParameters parameters) {
      int limit = parameters.limit();
      ApiTime start = parameters.time("start", ApiTime.MIN);
      ApiTime end = parameters.time("end", ApiTime.MAX);
      return new Request(limit, start.millis(), end.millis(), parameters.matcherSets());
    }

    static Request series(ApiParameters parameters) {
      parameters.requireMatch();
      int limit = parameters.limit();
      ApiTime start = parameters.time("start", ApiTime.MIN);
      ApiTime end = parameters.time("end", ApiTime.MAX);
      return new Request(limit, start.millis(), end.millis(), parameters.namedMatcherSets());
    }

    /** One more than wanted, to see whether there are more. */
    int storageLimit() {
      return limit == 0 ? 0 : limit + 1;
    }

    boolean isExceededBy(int size) {
      return limit > 0 && size > limit;
    }
  }

  Answer series(Exchange exchange) throws IOException {
    Request request = Request.series(ApiParameters.of(exchange));
    List<String> warnings = new ArrayList<>();
    List<Labels> series = new ArrayList<>();
    try (Querier querier = open(request, ErrorType.EXECUTION)) {
      SelectHints hints =
          new SelectHints(
              request.mint(),
              request.maxt(),
              0,
              "series",
              List.of(),
              false,
              0,
              request.storageLimit());
      Collection<Labels> merged = request.matcherSets().size() > 1 ? new TreeSet<>() : series;
      for (List<Matcher> matchers : request.matcherSets()) {
        SeriesSet set = querier.select(hints, matchers);
        warnings.addAll(set.warnings());
        for (int i = 0;
            i < set.size() && (merged != series || !request.isExceededBy(series.size()));
            i++) {
          merged.add(set.labels(i));
        }
      }
      if (merged != series) {
        series.addAll(merged);
      }
    } catch (StorageException e) {
      throw failure(e, ErrorType.EXECUTION);
    }
    List<Labels> shown = series;
    if (request.isExceededBy(series.size())) {
      shown = series.subList(0, request.limit());
      warnings.add(TRUNCATED);
    }
    return labelSets(shown, warnings);
  }

  private static Answer labelSets(List<Labels> series, List<String> warnings) {
    return Answer.withWarnings(
        json -> {
          json.beginArray();
          for (Labels labels : series) {
            json.labels(labels);
          }
          json.endArray();
        },
        warnings);
  }

  Answer labelNames(Exchange exchange) throws IOException {
    Request request = Request.labels(ApiParameters.of(exchange));
    return distinct(
        request, (querier, matchers) -> querier.labelNames(matchers, request.storageLimit()));
  }

  Answer labelValues(Exchange exchange) throws IOException {
    String name = EscapedName.unescape(exchange.pathParameter("name"));
    if (!LabelName.isValidUtf8(name)) {
      throw ApiException.badData("invalid label name: " + GoQuote.quote(name));
    }
    Request request = Request.labels(ApiParameters.of(exchange));
    return distinct(
        request,
        (querier, matchers) -> querier.labelValues(name, matchers, request.storageLimit()));
  }

  @FunctionalInterface
  private interface Lookup {
    List<String> find(Querier querier, List<Matcher> matchers);
  }

  /** The union of what all selectors find, sorted and cut. */
  private Answer distinct(Request request, Lookup lookup) {
    List<String> found;
    try (Querier querier = open(request, ErrorType.EXECUTION)) {
      List<List<Matcher>> sets = request.matcherSets();
      if (sets.size() <= 1) {
        found = lookup.find(querier, sets.isEmpty() ? List.of() : sets.getFirst());
      } else {
        TreeSet<String> union = new TreeSet<>(Utf8Order::compare);
        for (List<Matcher> matchers : sets) {
          union.addAll(lookup.find(querier, matchers));
        }
        found = new ArrayList<>(union);
      }
    } catch (StorageException e) {
      throw failure(e, ErrorType.EXECUTION);
    }
    if (request.isExceededBy(found.size())) {
      return Answer.texts(found.subList(0, request.limit()), List.of(TRUNCATED));
    }
    return Answer.texts(found, List.of());
  }

  private Querier open(Request request, ErrorType type) {
    try {
      return storage.querier(request.mint(), request.maxt());
    } catch (StorageException e) {
      throw failure(e, type);
    }
  }

  private static ApiException failure(StorageException e, ErrorType type) {
    ErrorType shown = e instanceof NotReadyException ? ErrorType.UNAVAILABLE : type;
    return new ApiException(shown, e.getMessage(), e);
  }
}

package io.narthex.web;

import io.narthex.client.MetricRegistry;
import io.narthex.config.Config;
import io.narthex.http.server.RequestHandler;
import io.narthex.promql.Engine;
import io.narthex.scrape.TargetsView;
import io.narthex.storage.DatabaseAdmin;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.Queryable;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * The parts that answers come from. Those that change over time are asked at each request.
 *
 * @param storage what queries read; may throw {@link io.narthex.storage.NotReadyException}
 * @param exemplars what {@code /api/v1/query_exemplars} reads; likewise
 * @param config the active configuration
 * @param flags all command line flags with their values, as text
 * @param features what this build can do and what of it is on, by category and name; web adds its
 *     own
 * @param remoteWrite answers {@code /api/v1/write} where the receiver is enabled
 * @param metrics the registry that {@code /metrics} shows, and where the web server registers its
 *     own
 */
public record WebParts(
    Queryable storage,
    ExemplarQueryable exemplars,
    DatabaseAdmin database,
    Engine engine,
    TargetsView targets,
    Supplier<Config> config,
    Supplier<RuntimeStatus> status,
    BuildInfo build,
    SortedMap<String, String> flags,
    Map<String, Map<String, Boolean>> features,
    Lifecycle lifecycle,
    Notifications notifications,
    Optional<RequestHandler> remoteWrite,
    MetricRegistry metrics) {}

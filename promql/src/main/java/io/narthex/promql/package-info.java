/**
 * The PromQL engine: evaluates an expression over anything that is {@link
 * io.narthex.storage.Queryable}.
 *
 * <p>Entry point: {@link io.narthex.promql.Engine} with {@link io.narthex.promql.EngineOptions};
 * one call per query, answered by a {@link io.narthex.promql.QueryResult} or a {@link
 * io.narthex.promql.PromqlException} whose subtype says what kind of failure it is. Below it:
 * {@code syntax} (text to tree), {@code plan} (checks and rewrites), {@code exec} (operators) and
 * {@code function} (kernels). Nothing here knows a particular storage, HTTP or configuration.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.promql;

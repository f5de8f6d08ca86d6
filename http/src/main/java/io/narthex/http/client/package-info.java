/**
 * The HTTP client side: settings as data, and what runs on them.
 *
 * <p>The records mirror the {@code http_config} section that every configuration of the ecosystem
 * shares; start at {@link io.narthex.http.client.HttpClientConfig}. They hold what a user wrote,
 * after defaults and with file paths resolved; reading those files is the transport's job, because
 * their content may change while the program runs. Must not depend on YAML.
 */
@org.jspecify.annotations.NullMarked
package io.narthex.http.client;

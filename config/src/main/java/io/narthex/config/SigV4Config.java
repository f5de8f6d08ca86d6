package io.narthex.config;

import io.narthex.http.client.Secret;

/** AWS request signing; what is empty comes from the environment. */
public record SigV4Config(
    String region,
    String accessKey,
    Secret secretKey,
    String profile,
    String roleArn,
    String externalId,
    boolean useFipsStsEndpoint) {}

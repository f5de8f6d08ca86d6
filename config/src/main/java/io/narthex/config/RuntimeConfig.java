package io.narthex.config;

/**
 * Settings of the process. The garbage collection percentage is Go's; it is accepted and shown, and
 * means nothing to this program.
 */
public record RuntimeConfig(int goGcPercent) {}

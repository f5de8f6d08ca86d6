package io.narthex.web;

/** Whether requests that need data are answered. */
public enum Readiness {
  /** Starting: the storage is not open yet. */
  NOT_READY,
  /** Samples are taken and kept, but what was there before is still being loaded. */
  RECEIVING,
  READY,
  /** Shutting down. */
  STOPPING
}

package io.narthex.web;

/** Whether requests that need data are answered. */
public enum Readiness {
  /** Starting: the storage is not open yet. */
  NOT_READY,
  READY,
  /** Shutting down. */
  STOPPING
}

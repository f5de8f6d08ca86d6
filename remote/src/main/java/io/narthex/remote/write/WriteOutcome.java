package io.narthex.remote.write;

/**
 * How a request ended.
 *
 * @param status of HTTP: 204 where all went well
 * @param message the body of the response, empty where there is none
 * @param version the protocol of the request; only 2 reports counts to the sender
 * @param samples how many samples are stored
 * @param histograms how many native histogram samples are stored
 * @param exemplars how many exemplars are stored
 */
public record WriteOutcome(
    int status, String message, int version, int samples, int histograms, int exemplars) {
  /** The header with the number of samples, for protocol 2. */
  public static final String SAMPLES_HEADER = "X-Prometheus-Remote-Write-Samples-Written";

  public static final String HISTOGRAMS_HEADER = "X-Prometheus-Remote-Write-Histograms-Written";
  public static final String EXEMPLARS_HEADER = "X-Prometheus-Remote-Write-Exemplars-Written";

  static WriteOutcome refused(int status, String message) {
    return new WriteOutcome(status, message, 1, 0, 0, 0);
  }

  public boolean accepted() {
    return status < 300;
  }
}

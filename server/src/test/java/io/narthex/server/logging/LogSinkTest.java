package io.narthex.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogSinkTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LogSink sink =
      new LogSink(
          new PrintStream(bytes, true, StandardCharsets.UTF_8),
          Clock.fixed(Instant.parse("2026-11-21T08:00:00.5Z"), ZoneOffset.UTC));
  private final Logger log = new SinkLogger("io.narthex.tsdb.Db", sink);

  @Test
  void writesLogfmtAsPrometheusDoes() {
    log.atInfo().addKeyValue("dir", "data/").addKeyValue("n", 3).log("WAL replay done");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "time=2026-11-21T08:00:00.500Z level=INFO source=Db msg=\"WAL replay done\" dir=data/"
                + " n=3\n");
  }

  @Test
  void writesJson() {
    sink.configure(LogLevel.INFO, LogFormat.JSON);
    log.atWarn().addKeyValue("k", "a\"b\n").setCause(new IOException("gone")).log("x");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"2026-11-21T08:00:00.500Z\",\"level\":\"WARN\",\"source\":\"Db\",\"msg\":\"x\",\"k\":\"a\\\"b\\n"
                + "\",\"err\":\"gone\"}\n");
  }

  @Test
  void leavesOutWhatIsBelowTheLevel() {
    sink.configure(LogLevel.WARN, LogFormat.LOGFMT);
    log.info("no");
    log.debug("no");
    log.error("yes");
    new SinkLogger("org.eclipse.jetty.Server", sink).info("no");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("msg=yes").doesNotContain("msg=no");
  }

  @Test
  void showsTheStackOfFaultsOfOurOwn() {
    log.error("boom", new NullPointerException("x"));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("stack=").contains("LogSinkTest");
  }
}

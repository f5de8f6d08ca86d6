package io.narthex.remote.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.snappy.SnappyCompressor;
import io.narthex.client.MetricRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteWriteReceiverTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  private final FakeStorage storage = new FakeStorage();
  private final RemoteWriteReceiver receiver =
      new RemoteWriteReceiver(
          storage,
          new MetricRegistry(),
          true,
          true,
          InstantSource.fixed(Instant.ofEpochMilli(NOW)));

  @Test
  void storesSamplesOfSeveralSeries() {
    WriteOutcome outcome =
        send(
            new ProtoWriter()
                .message(1, up("a").sample(NOW, 1).sample(NOW + 1, 2))
                .message(1, up("b").sample(NOW, 3)));

    assertThat(outcome).isEqualTo(new WriteOutcome(204, "", 1, 3, 0, 0));
    assertThat(storage.committed)
        .containsExactly(
            "{__name__=\"up\", job=\"a\"} 1.0@" + NOW,
            "{__name__=\"up\", job=\"a\"} 2.0@" + (NOW + 1),
            "{__name__=\"up\", job=\"b\"} 3.0@" + NOW);
  }

  @Test
  void asksTheStorageForKnownSeriesOnlyOnce() {
    for (int i = 0; i < 5; i++) {
      send(new ProtoWriter().message(1, up("a").sample(NOW + i, i)));
    }

    assertThat(storage.seriesCalls).isEqualTo(1);
    assertThat(storage.committed).hasSize(5);
  }

  @Test
  void findsSeriesAgainThatTheStorageHasDropped() {
    send(new ProtoWriter().message(1, up("a").sample(NOW, 1)));
    storage.forgetSeries();

    assertThat(send(new ProtoWriter().message(1, up("a").sample(NOW + 1, 2))).status())
        .isEqualTo(204);
    assertThat(send(new ProtoWriter().message(1, up("a").sample(NOW + 2, 3))).status())
        .isEqualTo(204);
    assertThat(storage.seriesCalls).isEqualTo(2);
    assertThat(storage.committed).hasSize(3);
  }

  @Test
  void sortsLabelsAndTakesThemWhereverTheyStand() {
    ProtoWriter late =
        new ProtoWriter()
            .label("job", "a")
            .sample(NOW, 1)
            .label("__name__", "up")
            .label("empty", "");

    send(new ProtoWriter().message(1, late));

    assertThat(storage.committed).containsExactly("{__name__=\"up\", job=\"a\"} 1.0@" + NOW);
  }

  @Test
  void leavesOutSeriesWithInvalidLabelsWithoutAnError() {
    WriteOutcome outcome =
        send(
            new ProtoWriter()
                .message(1, new ProtoWriter().label("job", "no name").sample(NOW, 1))
                .message(1, up("a").label("job", "twice").sample(NOW, 1))
                .message(
                    1,
                    new ProtoWriter()
                        .label("__name__", "up")
                        .message(
                            1, new ProtoWriter().text(1, "x").bytes(2, new byte[] {(byte) 0xff}))
                        .sample(NOW, 1))
                .message(1, up("good").sample(NOW, 1)));

    assertThat(outcome.status()).isEqualTo(204);
    assertThat(storage.committed).containsExactly("{__name__=\"up\", job=\"good\"} 1.0@" + NOW);
  }

  @Test
  void refusesAWholeRequestForOneSampleOutOfOrder() {
    send(new ProtoWriter().message(1, up("a").sample(NOW, 1)));
    WriteOutcome outcome =
        send(
            new ProtoWriter()
                .message(1, up("b").sample(NOW, 1))
                .message(1, up("a").sample(NOW - 5, 1)));

    assertThat(outcome.status()).isEqualTo(400);
    assertThat(outcome.message()).isEqualTo("out of order sample");
    assertThat(storage.committed).hasSize(1);
    assertThat(storage.rollbacks).isEqualTo(1);
  }

  @Test
  void refusesSamplesTooFarInTheFuture() {
    WriteOutcome outcome = send(new ProtoWriter().message(1, up("a").sample(NOW + 600_001, 1)));

    assertThat(outcome.status()).isEqualTo(400);
    assertThat(outcome.message()).isEqualTo("out of bounds: timestamp is too far in the future");
    assertThat(storage.seriesCalls).isZero();
  }

  @Test
  void storesHistogramsAndExemplars() {
    ProtoWriter histogram =
        new ProtoWriter()
            .varint(1, 12)
            .fixed64(3, 18.4)
            .zigzag(4, 1)
            .fixed64(5, 0.001)
            .varint(6, 2)
            .message(11, new ProtoWriter().zigzag(1, -2).varint(2, 2))
            .packed(12, 2, 3)
            .varint(14, 2)
            .varint(15, NOW);
    ProtoWriter floats =
        new ProtoWriter().fixed64(2, 5.5).fixed64(10, 1.5).fixed64(10, 4).varint(15, NOW + 1);
    ProtoWriter exemplar =
        new ProtoWriter().label("trace_id", "abc").fixed64(2, 0.5).varint(3, NOW);
    ProtoWriter lateExemplar = new ProtoWriter().fixed64(2, -1).varint(3, NOW);

    WriteOutcome outcome =
        send(
            new ProtoWriter()
                .message(
                    1,
                    up("a")
                        .message(4, histogram)
                        .message(4, floats)
                        .message(3, exemplar)
                        .message(3, lateExemplar)));

    assertThat(outcome).isEqualTo(new WriteOutcome(204, "", 1, 0, 2, 1));
    assertThat(storage.committed)
        .containsExactly(
            "{__name__=\"up\", job=\"a\"} int schema=1 count=12 sum=18.4 zero=2 spans=[-2, 2]"
                + " deltas=[1, -2] hint=NOT_RESET@"
                + NOW,
            "{__name__=\"up\", job=\"a\"} float count=5.5 counts=[1.5, 4.0]@" + (NOW + 1),
            "{__name__=\"up\", job=\"a\"} exemplar {trace_id=\"abc\"} 0.5@" + NOW);
  }

  @Test
  void bringsHistogramsOfReservedSchemasToTheFinestThatIsStored() {
    ProtoWriter fine =
        new ProtoWriter()
            .varint(1, 5)
            .zigzag(4, 10)
            .message(11, new ProtoWriter().zigzag(1, 1).varint(2, 5))
            .packed(12, 2, 0, 0, 0, 0)
            .varint(15, NOW);

    WriteOutcome outcome = send(new ProtoWriter().message(1, up("a").message(4, fine)));

    assertThat(outcome.status()).isEqualTo(204);
    assertThat(storage.committed)
        .containsExactly(
            "{__name__=\"up\", job=\"a\"} int schema=8 count=5 sum=0.0 zero=0 spans=[1, 2]"
                + " deltas=[4, -3] hint=UNKNOWN@"
                + NOW);
  }

  @Test
  void answersFailuresOfTheStorageWith500() {
    storage.broken = true;

    WriteOutcome outcome = send(new ProtoWriter().message(1, up("a").sample(NOW, 1)));

    assertThat(outcome.status()).isEqualTo(500);
    assertThat(outcome.message()).isEqualTo("write wal/00000001: no space left on device");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain | expected application/x-protobuf as the first (media) part, got text/plain"
            + " content-type",
        "application/x-protobuf;proto=x.Y | got application/x-protobuf;proto=x.Y content type;"
            + " unknown type for remote write protobuf message x.Y, supported:"
            + " prometheus.WriteRequest, io.prometheus.write.v2.Request",
        "application/x-protobuf;charset | as per"
            + " https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be"
            + " key-values, got charset in application/x-protobuf;charset content-type",
      })
  void refusesOtherContentTypes(String contentType, String message) {
    byte[] body = compress(new byte[0]);
    WriteOutcome outcome = receiver.handle(contentType, "snappy", body, body.length);

    assertThat(outcome.status()).isEqualTo(415);
    assertThat(outcome.message()).isEqualTo(message);
  }

  @Test
  void refusesOtherEncodingsAndBrokenBodies() {
    byte[] body = {1, 2, 3};
    assertThat(receiver.handle("", "gzip", body, 3))
        .isEqualTo(
            WriteOutcome.refused(
                415,
                "gzip encoding (compression) is not accepted by this server; only snappy is"
                    + " acceptable"));
    assertThat(receiver.handle("", "", body, 3))
        .isEqualTo(WriteOutcome.refused(400, "snappy: corrupt input"));
    assertThat(receiver.handle("", "", body, 0).status()).isEqualTo(400);
    assertThat(send(new ProtoWriter().bytes(1, new byte[] {10, 100})).status()).isEqualTo(400);
    byte[] bomb = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x7f, 0};
    assertThat(receiver.handle("", "snappy", bomb, 5).message())
        .isEqualTo("decoded size exceeds the 33554432 bytes limit");
  }

  @Test
  void storesNothingOfAMessageThatBreaksOff() {
    byte[] whole =
        new ProtoWriter()
            .message(1, up("a").sample(NOW, 1))
            .message(1, up("b").sample(NOW, 1))
            .toByteArray();
    byte[] body = compress(Arrays.copyOf(whole, whole.length - 3));

    assertThat(receiver.handle("", "", body, body.length))
        .isEqualTo(WriteOutcome.refused(400, "unexpected EOF"));
    assertThat(storage.committed).isEmpty();
  }

  @Test
  void survivesRandomDamage() {
    byte[] whole =
        new ProtoWriter()
            .message(1, up("a").sample(NOW, 1).message(4, new ProtoWriter().packed(12, 2, 3)))
            .message(1, up("b").sample(NOW, 1))
            .toByteArray();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      byte[] body = compress(damaged);
      String contentType = random.nextBoolean() ? "" : V2;
      assertThat(receiver.handle(contentType, "", body, body.length).status()).isIn(204, 400);
    }
  }

  @Test
  void storesWhatIsGoodInARequestOfProtocol2() {
    ProtoWriter request = new ProtoWriter();
    for (String symbol : new String[] {"", "__name__", "up", "job", "a", "b", "help"}) {
      request.text(4, symbol);
    }
    request
        .message(5, new ProtoWriter().packed(1, 1, 2, 3, 4).sample(NOW, 1))
        .message(5, new ProtoWriter().packed(1, 1, 2, 3, 5).sample(NOW, 2).sample(NOW - 1, 3))
        .message(5, new ProtoWriter().packed(1, 1, 2, 3).sample(NOW, 4))
        .message(5, new ProtoWriter().packed(1, 1, 2, 3, 9).sample(NOW, 4))
        .message(5, new ProtoWriter().packed(1, 3, 4).sample(NOW, 4))
        .message(5, new ProtoWriter().packed(1, 1, 2));

    WriteOutcome outcome = send(V2, request);

    assertThat(outcome.status()).isEqualTo(400);
    assertThat(outcome.version()).isEqualTo(2);
    assertThat(outcome.samples()).isEqualTo(2);
    assertThat(outcome.message().lines())
        .containsExactly(
            "out of order sample for series {__name__=\"up\", job=\"b\"}",
            "parsing labels for series [1 2 3]: invalid labelRefs length 3",
            "parsing labels for series [1 2 3 9]: labelRefs 3 (name) = 9 (value) outside of symbols"
                + " table (size 7)",
            "invalid metric name or labels, got {job=\"a\"}",
            "TimeSeries must contain at least one sample or histogram for series"
                + " {__name__=\"up\"}");
    assertThat(storage.committed).hasSize(2);
  }

  @Test
  void tellsTheStorageSinceWhenSamplesOfProtocol2Count() {
    ProtoWriter request = new ProtoWriter();
    for (String symbol : new String[] {"", "__name__", "up", "h"}) {
      request.text(4, symbol);
    }
    ProtoWriter sample = new ProtoWriter().fixed64(1, 5).varint(2, NOW).varint(3, NOW - 500);
    ProtoWriter histogram = new ProtoWriter().varint(1, 0).varint(15, NOW).varint(17, NOW - 700);
    request
        .message(5, new ProtoWriter().packed(1, 1, 2).message(2, sample).sample(NOW + 1, 6))
        .message(5, new ProtoWriter().packed(1, 1, 3).message(3, histogram));

    assertThat(send(V2, request).status()).isEqualTo(204);
    assertThat(storage.committed)
        .containsExactly(
            "{__name__=\"up\"} 5.0 since " + (NOW - 500) + " @" + NOW,
            "{__name__=\"up\"} 6.0@" + (NOW + 1),
            "{__name__=\"h\"} int count=0 since " + (NOW - 700) + " @" + NOW);
  }

  @Test
  void bothProtocolsShareKnownSeries() {
    send(new ProtoWriter().message(1, up("a").sample(NOW, 1)));
    ProtoWriter request = new ProtoWriter();
    for (String symbol : new String[] {"", "__name__", "up", "job", "a"}) {
      request.text(4, symbol);
    }
    send(V2, request.message(5, new ProtoWriter().packed(1, 1, 2, 3, 4).sample(NOW + 1, 1)));

    assertThat(storage.seriesCalls).isEqualTo(1);
    assertThat(storage.committed).hasSize(2);
  }

  @Test
  void handsOverMetadataOfProtocol2() {
    ProtoWriter request = new ProtoWriter();
    for (String symbol : new String[] {"", "__name__", "up", "job", "a", "b", "Help.", "seconds"}) {
      request.text(4, symbol);
    }
    ProtoWriter metadata = new ProtoWriter().varint(1, 2).varint(3, 6).varint(4, 7);
    request
        .message(5, new ProtoWriter().packed(1, 1, 2, 3, 4).sample(NOW, 1).message(5, metadata))
        .message(5, new ProtoWriter().packed(1, 1, 2, 3, 5).sample(NOW, 2))
        .message(
            5,
            new ProtoWriter()
                .packed(1, 1, 2)
                .sample(NOW, 2)
                .message(5, new ProtoWriter().varint(3, 8)));

    WriteOutcome outcome = send(V2, request);

    assertThat(outcome.message())
        .isEqualTo(
            "parsing metadata for series [1 2]: metadata help_ref 8 outside of symbols table (size"
                + " 8)");
    assertThat(storage.metadata)
        .containsExactly(
            "{__name__=\"up\", job=\"a\"} MetricMetadata[type=GAUGE, unit=seconds, help=Help.]",
            "{__name__=\"up\", job=\"b\"} MetricMetadata[type=UNKNOWN, unit=, help=]");
  }

  private static ProtoWriter up(String job) {
    return new ProtoWriter().label("__name__", "up").label("job", job);
  }

  private WriteOutcome send(ProtoWriter message) {
    return send("application/x-protobuf", message);
  }

  private WriteOutcome send(String contentType, ProtoWriter message) {
    byte[] body = compress(message.toByteArray());
    return receiver.handle(contentType, "snappy", body, body.length);
  }

  private static byte[] compress(byte[] data) {
    SnappyCompressor snappy = SnappyCompressor.create();
    byte[] out = new byte[snappy.maxCompressedLength(data.length)];
    return Arrays.copyOf(out, snappy.compress(data, 0, data.length, out, 0, out.length));
  }
}

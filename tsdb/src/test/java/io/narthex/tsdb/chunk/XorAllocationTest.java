package io.narthex.tsdb.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.storage.SampleBuffer;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

final class XorAllocationTest {
  private static final int ROUNDS = 2000;

  @Test
  void encodingAndDecodingAllocateNothingPerSample() {
    XorEncoder encoder = new XorEncoder();
    Xor2Encoder encoder2 = new Xor2Encoder();
    SampleBuffer buffer = new SampleBuffer(256);
    byte[] slab = new byte[8192];
    round(encoder, buffer, slab);
    round(encoder2, buffer, slab);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      round(encoder, buffer, slab);
      round(encoder2, buffer, slab);
    }
    long perRound = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    assertThat(buffer.size()).isEqualTo(120);
    assertThat(perRound).isLessThan(16);
  }

  private static void round(XorEncoder encoder, SampleBuffer buffer, byte[] slab) {
    encoder.reset();
    for (int i = 0; i < 120; i++) {
      encoder.add(1000L * i, i * 0.1);
    }
    int length = encoder.chunk().length();
    System.arraycopy(encoder.chunk().array(), 0, slab, 100, length);
    buffer.clear();
    XorDecoder.decode(slab, 100, length, 0, Long.MAX_VALUE, buffer);
  }

  private static void round(Xor2Encoder encoder, SampleBuffer buffer, byte[] slab) {
    encoder.reset();
    for (int i = 0; i < 120; i++) {
      encoder.add(1000L * i, i * 0.1, 1000L * i - 900);
    }
    int length = encoder.chunk().length();
    System.arraycopy(encoder.chunk().array(), 0, slab, 100, length);
    buffer.clear();
    Xor2Decoder.decode(slab, 100, length, 0, Long.MAX_VALUE, buffer);
  }
}

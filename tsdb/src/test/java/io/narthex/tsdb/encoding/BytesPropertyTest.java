package io.narthex.tsdb.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class BytesPropertyTest {
  @Test
  void readsBackVarintsOfEveryWidth() {
    Random random = new Random(1);
    ByteWriter out = new ByteWriter(16);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      out.clear();
      out.uvarint(value);
      assertThat(out.length()).isEqualTo(ByteWriter.uvarintSize(value));
      out.varint(value);
      out.u64(value);
      out.u32((int) value);
      out.u16((int) value & 0xFFFF);
      ByteReader in = new ByteReader().reset(out);
      assertThat(in.uvarint()).isEqualTo(value);
      assertThat(in.varint()).isEqualTo(value);
      assertThat(in.u64()).isEqualTo(value);
      assertThat(in.u32()).isEqualTo((int) value);
      assertThat(in.u16()).isEqualTo((int) value & 0xFFFF);
      assertThat(in.hasRemaining()).isFalse();
    }
  }

  @Test
  void writesVarintsAsLeb128() {
    ByteWriter out = new ByteWriter(16);
    out.uvarint(300);
    out.varint(-2);
    out.varint(Long.MIN_VALUE);
    assertThat(out.toByteArray())
        .containsExactly(
            0xAC, 0x02, 0x03, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01);
  }

  @Test
  void readsBackStringsOfAnyScript() {
    for (String text : new String[] {"", "up", "größe", "日本", "a\uD83D\uDE00b", "x".repeat(300)}) {
      ByteWriter out = new ByteWriter(16);
      out.string(text);
      out.string("next");
      ByteReader in = new ByteReader().reset(out);
      assertThat(in.string()).isEqualTo(text);
      assertThat(in.string()).isEqualTo("next");
      StringPool pool = new StringPool();
      in.reset(out);
      String first = pool.read(in);
      assertThat(first).isEqualTo(text);
      in.reset(out);
      if (text.length() < 200) {
        assertThat(pool.read(in)).isSameAs(first);
      }
    }
  }

  @Test
  void refusesToReadOverTheEnd() {
    ByteReader in = new ByteReader(new byte[] {1, 2, 3});
    assertThatThrownBy(in::u32).isInstanceOf(DecodeException.class).hasMessageContaining("3 left");
    in.reset(new byte[] {(byte) 0x80}, 0, 1);
    assertThatThrownBy(in::uvarint).isInstanceOf(DecodeException.class);
    in.reset(new byte[] {5, 'a'}, 0, 2);
    assertThatThrownBy(in::string).isInstanceOf(DecodeException.class);
    byte[] endless = new byte[12];
    java.util.Arrays.fill(endless, (byte) 0xFF);
    in.reset(endless, 0, 12);
    assertThatThrownBy(in::uvarint).isInstanceOf(DecodeException.class);
  }

  @Test
  void checksumIsCastagnoli() {
    byte[] digits = "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(Crc32c.of(digits, 0, digits.length)).isEqualTo(0xE3069283);
  }
}

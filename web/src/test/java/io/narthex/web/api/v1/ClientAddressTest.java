package io.narthex.web.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "::ffff:10.0.0.1, 10.0.0.1",
    "0:0:0:0:0:0:0:1, ::1",
    "::, ::",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "fe80:0:1:0:1:0:1:0, fe80:0:1:0:1:0:1:0",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::"
  })
  void writesAddressesAsGoDoes(String address, String expected) throws UnknownHostException {
    assertThat(ClientAddress.text(InetAddress.getByName(address))).isEqualTo(expected);
  }
}

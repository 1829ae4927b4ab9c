package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAndPortTest {
  @Property
  void aTextIsReadAsItWasPrinted(
      @ForAll @CharRange(from = 'a', to = 'f') @NumericChars @CharRange(from = '.', to = ':')
          String host,
      @ForAll @NumericChars String port) {
    HostAndPort value = new HostAndPort(host, port);
    assertThat(HostAndPort.parse(value.toString())).isEqualTo(value);
  }

  @Property
  void anAddressIsReadAsItWasPrinted(
      @ForAll @Size(16) byte[] bytes, @ForAll @IntRange(max = 65_535) int port)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(bytes);
    assertThat(HostAndPort.parse(HostAndPort.print(new InetSocketAddress(address, port))))
        .isEqualTo(new HostAndPort(IpText.print(address), String.valueOf(port)));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80, 127.0.0.1, 80",
    "[::1]:80, ::1, 80",
    "::1:80, ::1, 80",
    "localhost:http, localhost, http",
    ":80, '', 80",
    "[]:80, '', 80",
    "[:80, [, 80",
    "host:, host, ''"
  })
  void aTextIsSplitAtItsLastColon(String text, String host, String port) {
    assertThat(HostAndPort.parse(text)).isEqualTo(new HostAndPort(host, port));
  }

  @Test
  void aTextWithoutAColonHasNoPort() {
    assertThat(HostAndPort.parse("unnamed")).isNull();
  }

  @Test
  void aNameThatIsNotResolvedStaysAName() {
    InetSocketAddress address = InetSocketAddress.createUnresolved("mail.example", 25);
    assertThat(HostAndPort.print(address)).isEqualTo("mail.example:25");
  }
}

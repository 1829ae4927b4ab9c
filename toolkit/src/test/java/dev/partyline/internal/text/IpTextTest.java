package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {
  private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  /** Bytes of addresses in which runs of zeros are common. */
  @Provide
  Arbitrary<byte[]> addresses() {
    Arbitrary<Byte> bytes = Arbitraries.oneOf(Arbitraries.just((byte) 0), Arbitraries.bytes());
    return Arbitraries.of(4, 16).flatMap(size -> bytes.array(byte[].class).ofSize(size));
  }

  @Property
  void anAddressIsReadAsItWasPrinted(@ForAll("addresses") byte[] address) {
    assertThat(IpText.parse(IpText.print(address))).isEqualTo(withoutMapping(address));
  }

  @Property
  void theJdkReadsWhatIsPrinted(@ForAll("addresses") byte[] address) throws UnknownHostException {
    String text = IpText.print(address);
    assertThat(InetAddress.getByName(text)).isEqualTo(InetAddress.getByAddress(address));
  }

  @Property
  void whatTheJdkPrintsIsRead(@ForAll("addresses") byte[] address) throws UnknownHostException {
    String text = InetAddress.getByAddress(address).getHostAddress();
    assertThat(IpText.parse(text)).isEqualTo(withoutMapping(address));
  }

  /** RFC 5952, 4: lower case, no leading zeros, and the longest run of zero groups, the first. */
  @Property
  void noOtherTextOfAnAddressIsPrinted(@ForAll("addresses") byte[] address) {
    String text = IpText.print(address);
    assertThat(text).doesNotContainPattern("[A-F]").doesNotContainPattern("(^|[.:])0[0-9a-f]");
    List<String> runs =
        Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])")
            .matcher(text)
            .results()
            .map(run -> run.group())
            .toList();
    int groups = 8 - Arrays.stream(text.split(":")).filter(each -> !each.isEmpty()).toList().size();
    if (text.contains("::")) {
      assertThat(groups).isGreaterThan(1);
      assertThat(runs).allMatch(run -> run.split(":").length <= groups);
    } else {
      assertThat(runs).isEmpty();
    }
  }

  /** The addresses of RFC 5952, and those at its edges. */
  @ParameterizedTest
  @CsvSource({
    "2001:0db8:0:0:0:0:0002:0001, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::ABCD, 2001:db8::abcd",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "::1.2.3.4, ::102:304",
    "::ffff:1.2.3.4, 1.2.3.4",
    "127.0.0.1, 127.0.0.1",
    "255.255.255.0, 255.255.255.0"
  })
  void anAddressHasOneText(String text, String printed) {
    byte[] address = IpText.parse(text);
    assertThat(address).isNotNull();
    assertThat(IpText.print(address)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.04",
        "1.2.3.+4",
        "1.2.3.٤",
        "1.2.3.",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "::1::",
        "fe80::1%lo",
        "[::1]",
        "::g",
        "localhost:80"
      })
  void whatIsNoAddressIsNotRead(String text) {
    assertThat(IpText.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "192.168, 2", "1.2.3, 3", "1.2.3.4, 4"})
  void aNetMayHaveFewerNumbers(String text, int count) {
    assertThat(IpText.parseDotted(text)).hasSize(count);
  }

  private static byte[] withoutMapping(byte[] address) {
    boolean isMapped = address.length == 16 && Arrays.equals(address, 0, 12, MAPPED_PREFIX, 0, 12);
    return isMapped ? Arrays.copyOfRange(address, 12, 16) : address;
  }
}

package dev.partyline.internal.pcap.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChecksumTest {
  @Test
  void isThatOfTheExampleInRfc1071() {
    byte[] bytes = HexFormat.of().parseHex("0001f203f4f5f6f7");
    assertThat(Checksum.of(Checksum.sum(bytes, 0, bytes.length))).isEqualTo(~0xddf2 & 0xffff);
  }

  @Test
  void ofAHeaderWithItsChecksumIsZero() {
    byte[] header = HexFormat.of().parseHex("4500003c1c4640004006b1e6ac100a63ac100a0c");
    assertThat(Checksum.of(Checksum.sum(header, 0, header.length))).isZero();
  }

  @Test
  void ofTheLongestPacketDoesNotOverflow() {
    byte[] bytes = new byte[0xffff];
    Arrays.fill(bytes, (byte) 0xff);
    assertThat(Checksum.of(Checksum.sum(bytes, 0, bytes.length))).isEqualTo(slow(bytes, 0));
  }

  @Property(tries = 300)
  void isTheSumOfWordsAsRfc1071HasIt(
      @ForAll @Size(min = 10, max = 200) byte[] bytes, @ForAll @IntRange(max = 9) int offset) {
    long sum = Checksum.sum(bytes, offset, bytes.length - offset);
    assertThat(Checksum.of(sum)).isEqualTo(slow(bytes, offset));
  }

  @Property(tries = 100)
  void ofNumbersIsThatOfTheirBytes(@ForAll @IntRange(max = 0xffff) int number) {
    byte[] bytes = {(byte) (number >>> 8), (byte) number};
    assertThat(Checksum.of(Checksum.sum(number))).isEqualTo(slow(bytes, 0));
  }

  private static int slow(byte[] bytes, int offset) {
    int sum = 0;
    for (int i = offset; i < bytes.length; i += 2) {
      int low = i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0;
      sum += (bytes[i] & 0xff) << 8 | low;
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return ~sum & 0xffff;
  }
}

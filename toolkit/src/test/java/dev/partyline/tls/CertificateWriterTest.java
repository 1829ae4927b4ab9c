package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.tls.CertificateWriter.Purpose;
import dev.partyline.tls.CertificateWriter.Subject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;

/** The JDK reads whatever is written. */
class CertificateWriterTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair KEYS = KeyType.EC.generate(RANDOM);
  private static final CertificateWriter WRITER =
      new CertificateWriter("an issuer", KEYS, KeyType.EC, RANDOM);

  /** From 1900 to 9998. */
  private static final long MIN_EPOCH_SECOND = -2_208_988_800L;

  private static final long MAX_EPOCH_SECOND = 253_370_764_800L;

  @Property(tries = 200)
  void theJdkReadsWhatWasWritten(
      @ForAll @NotBlank @StringLength(max = 64) String name,
      @ForAll("hosts") @Size(max = 5) List<String> hosts,
      @ForAll @LongRange(min = MIN_EPOCH_SECOND, max = MAX_EPOCH_SECOND) long notBeforeSecond,
      @ForAll @LongRange(min = MIN_EPOCH_SECOND, max = MAX_EPOCH_SECOND) long notAfterSecond)
      throws Exception {
    String cleaned = name.replaceAll("[\\p{Cs}\\p{Cc}\\p{Cn}]", "x");
    Instant notBefore = Instant.ofEpochSecond(notBeforeSecond);
    Instant notAfter = Instant.ofEpochSecond(notAfterSecond);
    X509Certificate certificate =
        WRITER.write(
            new Subject(cleaned, KEYS.getPublic(), Purpose.SERVER, hosts, notBefore, notAfter));

    certificate.verify(KEYS.getPublic());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getPublicKey()).isEqualTo(KEYS.getPublic());
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(notBefore);
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(notAfter);
    assertThat(certificate.getIssuerX500Principal()).isEqualTo(new X500Principal("CN=an issuer"));
    assertThat(certificate.getSubjectX500Principal().getEncoded())
        .isEqualTo(
            DerWriter.sequence(
                DerWriter.set(
                    DerWriter.sequence(DerWriter.oid("2.5.4.3"), DerWriter.utf8String(cleaned)))));
    assertThat(certificate.getSerialNumber().signum()).isPositive();
    assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(127);
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(alternativeNames(certificate)).isEqualTo(hosts);
  }

  private static List<String> alternativeNames(X509Certificate certificate)
      throws CertificateException {
    var all = certificate.getSubjectAlternativeNames();
    return all == null
        ? List.of()
        : all.stream()
            .map(each -> each.get(1).toString())
            .map(each -> each.contains(":") ? shortAddress(each) : each)
            .toList();
  }

  private static String shortAddress(String address) {
    return Assertions.assertDoesNotThrow(() -> InetAddress.getByName(address)).getHostAddress();
  }

  @Provide
  Arbitrary<List<String>> hosts() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(63);
    Arbitrary<String> ipv4 =
        Arbitraries.integers()
            .between(0, 255)
            .list()
            .ofSize(4)
            .map(each -> each.stream().map(String::valueOf).reduce((a, b) -> a + "." + b).get());
    Arbitrary<String> ipv6 =
        Arbitraries.integers()
            .between(0x100, 0xffff)
            .list()
            .ofSize(8)
            .map(
                each ->
                    each.stream().map(Integer::toHexString).reduce((a, b) -> a + ":" + b).get());
    return Arbitraries.oneOf(names, names.map(each -> each + ".example"), ipv4, ipv6)
        .list()
        .uniqueElements();
  }

  @Example
  void writesLengthsNumbersAndIdentifiersInTheShortestWay() {
    assertThat(hex(DerWriter.oid("2.5.29.17"))).isEqualTo("0603551d11");
    assertThat(hex(DerWriter.oid("1.2.840.113549.1.1.11"))).isEqualTo("06092a864886f70d01010b");
    assertThat(hex(DerWriter.integer(BigInteger.valueOf(128)))).isEqualTo("02020080");
    assertThat(hex(DerWriter.octetString(new byte[127]))).startsWith("047f00");
    assertThat(hex(DerWriter.octetString(new byte[128]))).startsWith("04818000");
    assertThat(hex(DerWriter.octetString(new byte[65_536]))).startsWith("048301000000");
    assertThat(hex(DerWriter.namedBits(0b1010_0000))).isEqualTo("030205a0");
    assertThat(hex(DerWriter.namedBits(0b0000_0110))).isEqualTo("03020106");
    assertThat(hex(DerWriter.booleanValue(true))).isEqualTo("0101ff");
    assertThat(hex(DerWriter.nullValue())).isEqualTo("0500");
  }

  @Example
  void writesTimesUpTo2049WithTwoDigitsAndLaterOnesWithFour() {
    assertThat(text(DerWriter.time(Instant.parse("2049-12-31T23:59:59Z"))))
        .isEqualTo("491231235959Z");
    assertThat(text(DerWriter.time(Instant.parse("2050-01-01T00:00:00Z"))))
        .isEqualTo("20500101000000Z");
    assertThat(text(DerWriter.time(Instant.parse("1950-01-02T03:04:05Z"))))
        .isEqualTo("500102030405Z");
    assertThat(text(DerWriter.time(Instant.parse("1949-12-31T23:59:59Z"))))
        .isEqualTo("19491231235959Z");
  }

  private static String text(byte[] der) {
    return new String(der, 2, der.length - 2, US_ASCII);
  }

  private static String hex(byte[] der) {
    return HexFormat.of().formatHex(der);
  }
}

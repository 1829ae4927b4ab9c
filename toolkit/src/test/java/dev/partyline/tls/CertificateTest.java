package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.peers.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the certificates with what OpenSSL and the JDK read in them. */
class CertificateTest {
  private static final CertificateSpec STANDARD = CertificateSpec.standard();

  private final TestAuthority authority = new TestAuthority(Clock.systemUTC());
  private final Trust trust = new Trust(authority);

  @TempDir Path folder;

  @Test
  void opensslReadsEveryExtension() throws IOException {
    CertificateSpec spec =
        STANDARD.forHosts("mail.example", "*.b\u00fccher.example", "127.0.0.1", "2001:db8::1");
    assertThat(text(spec))
        .contains(
            "Version: 3 (0x2)",
            "Issuer: CN = Partyline test authority",
            "Subject: CN = mail.example",
            "DNS:mail.example, DNS:*.xn--bcher-kva.example, IP Address:127.0.0.1,"
                + " IP Address:2001:DB8:0:0:0:0:0:1",
            "X509v3 Basic Constraints: critical\n                CA:FALSE",
            "X509v3 Key Usage: critical\n                Digital Signature\n",
            "TLS Web Server Authentication",
            "X509v3 Subject Key Identifier",
            "X509v3 Authority Key Identifier",
            "Signature Algorithm: ecdsa-with-SHA256",
            "ASN1 OID: prime256v1")
        .doesNotContain("TLS Web Client Authentication");
    assertThat(text(STANDARD.forClient("Alice \u00e4")))
        .contains("TLS Web Client Authentication")
        .doesNotContain("TLS Web Server Authentication", "Alternative Name");
    assertThat(openssl(trust.pem(), "x509", "-noout", "-text"))
        .contains(
            "Basic Constraints: critical\n                CA:TRUE",
            "Certificate Sign, CRL Sign",
            "Subject: CN = Partyline test authority");
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void opensslVerifiesEveryKeyType(KeyType keyType) throws IOException {
    assertThat(verify(STANDARD.keyType(keyType))).endsWith(": OK\n");
    assertThat(verify(STANDARD.keyType(keyType).withIntermediate())).endsWith(": OK\n");
    assertThat(text(STANDARD.keyType(keyType)))
        .contains(
            switch (keyType) {
              case RSA -> "Public-Key: (2048 bit)";
              case EC -> "Public-Key: (256 bit)";
              case ED25519 -> "ED25519 Public-Key:";
            });
    assertThat(text(STANDARD.keyType(keyType).selfSigned()))
        .contains(
            switch (keyType) {
              case RSA -> "Signature Algorithm: sha256WithRSAEncryption";
              case EC -> "Signature Algorithm: ecdsa-with-SHA256";
              case ED25519 -> "Signature Algorithm: ED25519";
            });
  }

  @Test
  void opensslSaysWhatIsWrong() throws IOException {
    assertThat(verify(STANDARD.expired())).contains("certificate has expired");
    assertThat(verify(STANDARD.notYetValid())).contains("certificate is not yet valid");
    assertThat(verify(STANDARD.selfSigned())).contains("self-signed certificate");
    assertThat(verify(STANDARD.withoutIntermediate()))
        .contains("unable to get local issuer certificate");
    assertThat(verify(STANDARD, "-verify_hostname", "localhost")).endsWith(": OK\n");
    assertThat(verify(STANDARD, "-verify_ip", "::1")).endsWith(": OK\n");
    assertThat(verify(STANDARD.forHosts("a.example"), "-verify_hostname", "localhost"))
        .contains("hostname mismatch");
    assertThat(verify(STANDARD.forHosts("a.example"), "-verify_ip", "127.0.0.1"))
        .containsIgnoringCase("ip address mismatch");
    assertThat(verify(STANDARD, "-purpose", "sslclient"))
        .contains("unsuitable certificate purpose");
    assertThat(verify(STANDARD.forClient("Alice"), "-purpose", "sslclient")).endsWith(": OK\n");
  }

  @Test
  void thePemIsTheAuthority() throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    assertThat(factory.generateCertificates(new ByteArrayInputStream(trust.pem().getBytes(UTF_8))))
        .isEqualTo(trust.authorities());
    assertThat(trust.pem().lines()).allMatch(line -> line.length() <= 64);
  }

  @Test
  void everySpecHasOneCertificateAndEachASerialOfItsOwn() {
    Identity first = authority.identity(STANDARD);
    assertThat(authority.identity(STANDARD.keyType(KeyType.EC))).isSameAs(first);
    X509Certificate other = authority.identity(STANDARD.expired()).chain().get(0);
    assertThat(other.getSerialNumber())
        .isNotEqualTo(first.chain().get(0).getSerialNumber())
        .isPositive();
    assertThat(new TestAuthority(Clock.systemUTC()).certificate())
        .isNotEqualTo(authority.certificate());
  }

  @Test
  void theClockSaysFromWhenToWhenTheyAreValid() {
    Instant now = Instant.parse("2049-12-31T23:59:59Z");
    TestAuthority fixedAuthority = new TestAuthority(Clock.fixed(now, ZoneOffset.UTC));
    Duration day = Duration.ofDays(1);
    X509Certificate valid = fixedAuthority.identity(STANDARD).chain().get(0);
    assertThat(valid.getNotBefore().toInstant()).isEqualTo(now.minus(day));
    assertThat(valid.getNotAfter().toInstant()).isEqualTo("2050-12-30T23:59:59Z");
    X509Certificate expired = fixedAuthority.identity(STANDARD.expired()).chain().get(0);
    assertThat(expired.getNotAfter().toInstant()).isEqualTo(now.minus(day));
    X509Certificate future = fixedAuthority.identity(STANDARD.notYetValid()).chain().get(0);
    assertThat(future.getNotBefore().toInstant()).isEqualTo(now.plus(day));
  }

  private String text(CertificateSpec spec) throws IOException {
    return openssl(Trust.pem(authority.identity(spec).chain()), "x509", "-noout", "-text");
  }

  private static String openssl(String input, Object... arguments) {
    return Program.run(input, "openssl", arguments);
  }

  /** Returns what OpenSSL says of a chain as it is sent. */
  private String verify(CertificateSpec spec, Object... options) throws IOException {
    List<X509Certificate> chain = authority.identity(spec).chain();
    Path rootsFile = Files.writeString(folder.resolve("roots.pem"), trust.pem());
    Path chainFile = Files.writeString(folder.resolve("sent.pem"), Trust.pem(chain));
    List<Object> arguments =
        new ArrayList<>(List.of("verify", "-x509_strict", "-CAfile", rootsFile));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-untrusted", chainFile, chainFile));
    return openssl("", arguments.toArray());
  }
}

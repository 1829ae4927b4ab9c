package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes certificates signed by one authority (RFC 5280), which the JDK cannot do. */
final class CertificateWriter {
  /** What the subject of a certificate may do with its key. */
  enum Purpose {
    AUTHORITY,
    SERVER,
    CLIENT
  }

  /** The subject of a certificate, and for how long it is valid. */
  record Subject(
      String commonName,
      PublicKey key,
      Purpose purpose,
      List<String> hosts,
      Instant notBefore,
      Instant notAfter) {}

  private static final int SERIAL_BYTES = 16;
  private static final int SIGN_CERTIFICATES_AND_CRLS = 0b0000_0110;
  private static final int DIGITAL_SIGNATURE = 0b1000_0000;
  private static final int DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT = 0b1010_0000;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final String issuerName;
  private final KeyPair keys;
  private final KeyType keyType;
  private final SecureRandom random;

  CertificateWriter(String issuerName, KeyPair keys, KeyType keyType, SecureRandom random) {
    this.issuerName = issuerName;
    this.keys = keys;
    this.keyType = keyType;
    this.random = random;
  }

  /** Returns a certificate signed by this authority. */
  X509Certificate write(Subject subject) {
    byte[] tbsCertificate =
        DerWriter.sequence(
            DerWriter.explicit(0, DerWriter.integer(BigInteger.TWO)),
            DerWriter.integer(serial()),
            keyType.signatureAlgorithm(),
            distinguishedName(issuerName),
            DerWriter.sequence(
                DerWriter.time(subject.notBefore()), DerWriter.time(subject.notAfter())),
            distinguishedName(subject.commonName()),
            subject.key().getEncoded(),
            DerWriter.explicit(3, DerWriter.sequence(extensions(subject))));
    byte[] signature = keyType.sign(tbsCertificate, keys.getPrivate(), random);
    return parse(
        DerWriter.sequence(
            tbsCertificate, keyType.signatureAlgorithm(), DerWriter.bitString(signature)));
  }

  private static X509Certificate parse(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw KeyType.unsupported("read a certificate", e);
    }
  }

  /** Returns a positive number, never zero, as some peers require it. */
  private BigInteger serial() {
    byte[] bytes = new byte[SERIAL_BYTES];
    random.nextBytes(bytes);
    bytes[0] = (byte) (bytes[0] & 0x7f | 0x40);
    return new BigInteger(bytes);
  }

  private static byte[] distinguishedName(String commonName) {
    return DerWriter.sequence(
        DerWriter.set(
            DerWriter.sequence(DerWriter.oid("2.5.4.3"), DerWriter.utf8String(commonName))));
  }

  private byte[][] extensions(Subject subject) {
    List<byte[]> all = new ArrayList<>();
    boolean isAuthority = subject.purpose() == Purpose.AUTHORITY;
    all.add(
        extension(
            "2.5.29.19",
            true,
            isAuthority ? DerWriter.sequence(DerWriter.booleanValue(true)) : DerWriter.sequence()));
    all.add(extension("2.5.29.15", true, DerWriter.namedBits(keyUsage(subject))));
    if (!isAuthority) {
      String purposeOid =
          subject.purpose() == Purpose.SERVER ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2";
      all.add(extension("2.5.29.37", false, DerWriter.sequence(DerWriter.oid(purposeOid))));
    }
    if (!subject.hosts().isEmpty()) {
      byte[][] names =
          subject.hosts().stream().map(CertificateWriter::generalName).toArray(byte[][]::new);
      all.add(extension("2.5.29.17", false, DerWriter.sequence(names)));
    }
    all.add(extension("2.5.29.14", false, DerWriter.octetString(keyIdentifier(subject.key()))));
    all.add(
        extension(
            "2.5.29.35",
            false,
            DerWriter.sequence(DerWriter.implicit(0, keyIdentifier(keys.getPublic())))));
    return all.toArray(byte[][]::new);
  }

  /** A key of RSA may also encipher, for suites of TLS 1.2 without forward secrecy. */
  private static int keyUsage(Subject subject) {
    if (subject.purpose() == Purpose.AUTHORITY) {
      return SIGN_CERTIFICATES_AND_CRLS;
    }
    return subject.key().getAlgorithm().equals("RSA")
        ? DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT
        : DIGITAL_SIGNATURE;
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? DerWriter.sequence(
            DerWriter.oid(oid), DerWriter.booleanValue(true), DerWriter.octetString(value))
        : DerWriter.sequence(DerWriter.oid(oid), DerWriter.octetString(value));
  }

  private static byte[] generalName(String host) {
    byte @Nullable [] address = HostNames.addressBytes(host);
    return address == null
        ? DerWriter.implicit(DNS_NAME, host.getBytes(US_ASCII))
        : DerWriter.implicit(IP_ADDRESS, address);
  }

  /** Returns the hash of the key as the certificate has it: RFC 7093, method 4. */
  private static byte[] keyIdentifier(PublicKey key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw KeyType.unsupported("hash a key", e);
    }
  }
}

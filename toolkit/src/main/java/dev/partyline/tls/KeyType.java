package dev.partyline.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The types of keys that a certificate can have. */
public enum KeyType {
  /** RSA, 2048 bits: the slowest to generate; each JVM does so once, when it is first used. */
  RSA("RSA", "SHA256withRSA", "1.2.840.113549.1.1.11"),
  /** ECDSA on the curve P-256: the default. */
  EC("EC", "SHA256withECDSA", "1.2.840.10045.4.3.2"),
  /** Ed25519 (RFC 8410), which browsers and some libraries do not support. */
  ED25519("Ed25519", "Ed25519", "1.3.101.112");

  private final String algorithm;
  private final String signatureName;
  private final String signatureOid;

  KeyType(String algorithm, String signatureName, String signatureOid) {
    this.algorithm = algorithm;
    this.signatureName = signatureName;
    this.signatureOid = signatureOid;
  }

  KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters(), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw unsupported("make a key pair of " + algorithm, e);
    }
  }

  private AlgorithmParameterSpec parameters() {
    return switch (this) {
      case RSA -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
      case EC -> new ECGenParameterSpec("secp256r1");
      case ED25519 -> NamedParameterSpec.ED25519;
    };
  }

  /** Returns the signature by a key of this type. */
  byte[] sign(byte[] message, PrivateKey key, SecureRandom random) {
    try {
      Signature signer = Signature.getInstance(signatureName);
      signer.initSign(key, random);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw unsupported("sign with " + signatureName, e);
    }
  }

  /** Returns the identifier of that signature; only RSA has parameters, which are NULL. */
  byte[] signatureAlgorithm() {
    return this == RSA
        ? DerWriter.sequence(DerWriter.oid(signatureOid), DerWriter.nullValue())
        : DerWriter.sequence(DerWriter.oid(signatureOid));
  }

  static TlsException unsupported(String what, Throwable cause) {
    String providers =
        Arrays.stream(Security.getProviders())
            .map(Provider::getName)
            .collect(Collectors.joining(", "));
    return new TlsException(
        "this JVM cannot "
            + what
            + ": "
            + cause.getMessage()
            + " (its security providers: "
            + providers
            + "; see java.security)",
        cause);
  }
}

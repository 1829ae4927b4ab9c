package dev.partyline.tls;

import dev.partyline.tls.CertificateSpec.ChainType;
import dev.partyline.tls.CertificateWriter.Purpose;
import dev.partyline.tls.CertificateWriter.Subject;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An authority that signs certificates for tests, and that nothing else trusts. Keys and
 * certificates are made when they are first needed, and kept: the same spec gives the same
 * certificate.
 */
final class TestAuthority {
  private static final String ROOT = "Partyline test authority";
  private static final String INTERMEDIATE = "Partyline test intermediate";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration YEAR = Duration.ofDays(365);

  /** Made once per class loader, and never changed. */
  private static final TestAuthority OF_JVM = new TestAuthority(Clock.systemUTC());

  /** The certificate of an authority, and what signs with its key. */
  private record Signer(X509Certificate certificate, CertificateWriter writer) {}

  private final Clock clock;
  private final Lazy<SecureRandom> random = new Lazy<>(SecureRandom::new);
  private final Lazy<Signer> root = new Lazy<>(this::makeRoot);
  private final Lazy<Signer> intermediate = new Lazy<>(this::makeIntermediate);
  private final Map<KeyType, Lazy<KeyPair>> keys = new EnumMap<>(KeyType.class);
  private final Map<CertificateSpec, Identity> identities = new ConcurrentHashMap<>();

  TestAuthority(Clock clock) {
    this.clock = clock;
    for (KeyType keyType : KeyType.values()) {
      keys.put(keyType, new Lazy<>(() -> keyType.generate(random.get())));
    }
  }

  static TestAuthority ofJvm() {
    return OF_JVM;
  }

  /** Returns the certificate of the root. */
  X509Certificate certificate() {
    return root.get().certificate();
  }

  SecureRandom random() {
    return random.get();
  }

  Identity identity(CertificateSpec spec) {
    return identities.computeIfAbsent(spec, this::makeIdentity);
  }

  private Identity makeIdentity(CertificateSpec spec) {
    KeyPair keyPair = keyPair(spec.keyType());
    CertificateWriter writer =
        switch (spec.chainType()) {
          case ROOT -> root.get().writer();
          case INTERMEDIATE, INTERMEDIATE_MISSING -> intermediate.get().writer();
          case SELF_SIGNED ->
              new CertificateWriter(spec.commonName(), keyPair, spec.keyType(), random.get());
        };
    Instant notBefore = notBefore(spec);
    Subject subject =
        new Subject(
            spec.commonName(),
            keyPair.getPublic(),
            spec.isForClient() ? Purpose.CLIENT : Purpose.SERVER,
            spec.hosts(),
            notBefore,
            notBefore.plus(spec.validity() == CertificateSpec.Validity.VALID ? YEAR : MONTH));
    X509Certificate certificate = writer.write(subject);
    List<X509Certificate> chain =
        spec.chainType() == ChainType.INTERMEDIATE
            ? List.of(certificate, intermediate.get().certificate())
            : List.of(certificate);
    return new Identity(keyPair.getPrivate(), chain);
  }

  /** A day on either side of now allows for clocks that are wrong. */
  private Instant notBefore(CertificateSpec spec) {
    Instant now = clock.instant();
    return switch (spec.validity()) {
      case VALID -> now.minus(DAY);
      case EXPIRED -> now.minus(MONTH).minus(DAY);
      case NOT_YET_VALID -> now.plus(DAY);
    };
  }

  /** Certificates with keys of one type share the key, because it takes long to generate. */
  private KeyPair keyPair(KeyType keyType) {
    return Objects.requireNonNull(keys.get(keyType)).get();
  }

  private Signer makeRoot() {
    KeyPair keyPair = KeyType.EC.generate(random.get());
    CertificateWriter writer = new CertificateWriter(ROOT, keyPair, KeyType.EC, random.get());
    return new Signer(writer.write(authoritySubject(ROOT, keyPair)), writer);
  }

  private Signer makeIntermediate() {
    KeyPair keyPair = KeyType.EC.generate(random.get());
    X509Certificate certificate =
        root.get().writer().write(authoritySubject(INTERMEDIATE, keyPair));
    return new Signer(
        certificate, new CertificateWriter(INTERMEDIATE, keyPair, KeyType.EC, random.get()));
  }

  private Subject authoritySubject(String name, KeyPair keyPair) {
    Instant notBefore = clock.instant().minus(DAY);
    return new Subject(
        name,
        keyPair.getPublic(),
        Purpose.AUTHORITY,
        List.of(),
        notBefore,
        notBefore.plus(YEAR.multipliedBy(10)));
  }

  @Override
  public String toString() {
    return ROOT;
  }
}

package dev.partyline.tls;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate is to be like: an immutable value; each method returns a changed copy. Two
 * that are equal stand for the same certificate, as long as the JVM lives.
 *
 * <p>Unless told otherwise the test authority's root signs it, for a server at {@code localhost},
 * {@code 127.0.0.1}, {@code ::1} and the machine's own name, with an EC key, valid from yesterday
 * on for a year.
 */
public final class CertificateSpec {
  /** When it is valid. */
  enum Validity {
    VALID,
    EXPIRED,
    NOT_YET_VALID
  }

  /** Who signs it, and what is sent with it. */
  enum ChainType {
    ROOT,
    INTERMEDIATE,
    INTERMEDIATE_MISSING,
    SELF_SIGNED
  }

  private static final int MAX_COMMON_NAME_CHARS = 64;
  private static final CertificateSpec STANDARD =
      new CertificateSpec(List.of(), null, Validity.VALID, ChainType.ROOT, KeyType.EC);

  private final List<String> hosts;
  private final @Nullable String clientName;
  private final Validity validity;
  private final ChainType chainType;
  private final KeyType keyType;

  private CertificateSpec(
      List<String> hosts,
      @Nullable String clientName,
      Validity validity,
      ChainType chainType,
      KeyType keyType) {
    this.hosts = hosts;
    this.clientName = clientName;
    this.validity = validity;
    this.chainType = chainType;
    this.keyType = keyType;
  }

  /** Returns what everybody has who asks for nothing else. */
  public static CertificateSpec standard() {
    return STANDARD;
  }

  /**
   * Returns a certificate for a server at these names and addresses, and no others.
   *
   * @param namesOrAddresses names such as {@code mail.example}, international ones, {@code
   *     *.example} for each name right below it, or literal addresses; none is looked up
   * @throws IllegalArgumentException if one can be neither
   */
  public CertificateSpec forHosts(String... namesOrAddresses) {
    return new CertificateSpec(
        HostNames.normalized(namesOrAddresses), null, validity, chainType, keyType);
  }

  /**
   * Returns a certificate that a client shows, and no server can.
   *
   * @param name who the client is, its common name: 1 to 64 characters
   * @throws IllegalArgumentException if it is too short or too long, or has control characters
   */
  public CertificateSpec forClient(String name) {
    if (name.isBlank()
        || name.length() > MAX_COMMON_NAME_CHARS
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "name (" + name + ") must have 1 to 64 characters, and no controls");
    }
    return new CertificateSpec(List.of(), name, validity, chainType, keyType);
  }

  /** Returns a certificate that was valid for a month, up to yesterday. */
  public CertificateSpec expired() {
    return new CertificateSpec(hosts, clientName, Validity.EXPIRED, chainType, keyType);
  }

  /** Returns a certificate that will be valid for a month, from tomorrow on. */
  public CertificateSpec notYetValid() {
    return new CertificateSpec(hosts, clientName, Validity.NOT_YET_VALID, chainType, keyType);
  }

  /** Returns a certificate that no authority has signed, only its own key. */
  public CertificateSpec selfSigned() {
    return new CertificateSpec(hosts, clientName, validity, ChainType.SELF_SIGNED, keyType);
  }

  /** Returns a certificate signed by an intermediate authority, whose certificate is sent, too. */
  public CertificateSpec withIntermediate() {
    return new CertificateSpec(hosts, clientName, validity, ChainType.INTERMEDIATE, keyType);
  }

  /** Returns a certificate signed by an intermediate authority, whose certificate is not sent. */
  public CertificateSpec withoutIntermediate() {
    return new CertificateSpec(
        hosts, clientName, validity, ChainType.INTERMEDIATE_MISSING, keyType);
  }

  /** Returns a certificate for a key of this kind; what the authority signs with stays EC. */
  public CertificateSpec keyType(KeyType keyType) {
    return new CertificateSpec(hosts, clientName, validity, chainType, keyType);
  }

  /** Returns what names and addresses stand in it; none in that of a client. */
  List<String> hosts() {
    return hosts.isEmpty() && clientName == null ? HostNames.ofMachine() : hosts;
  }

  boolean isForClient() {
    return clientName != null;
  }

  /** Returns the common name: who it is, for those who read; nobody should compare a host to it. */
  String commonName() {
    if (clientName != null) {
      return clientName;
    }
    String first = hosts().get(0);
    return first.length() <= MAX_COMMON_NAME_CHARS ? first : "Partyline test server";
  }

  /** Returns by which alerts those refuse it who should, for whatever host; none if it is good. */
  Set<TlsAlert> refusals() {
    Set<TlsAlert> alerts = EnumSet.noneOf(TlsAlert.class);
    if (validity != Validity.VALID) {
      alerts.add(TlsAlert.CERTIFICATE_EXPIRED);
    }
    if (chainType == ChainType.SELF_SIGNED || chainType == ChainType.INTERMEDIATE_MISSING) {
      alerts.add(TlsAlert.UNKNOWN_CA);
    }
    if (!alerts.isEmpty()) {
      // What those say who do not tell one reason from another, JSSE among them.
      alerts.add(TlsAlert.CERTIFICATE_UNKNOWN);
      alerts.add(TlsAlert.BAD_CERTIFICATE);
    }
    return alerts;
  }

  Validity validity() {
    return validity;
  }

  ChainType chainType() {
    return chainType;
  }

  KeyType keyType() {
    return keyType;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CertificateSpec that
        && hosts.equals(that.hosts)
        && Objects.equals(clientName, that.clientName)
        && validity == that.validity
        && chainType == that.chainType
        && keyType == that.keyType;
  }

  @Override
  public int hashCode() {
    return Objects.hash(hosts, clientName, validity, chainType, keyType);
  }

  /** Returns what it is for and what is wrong with it, such as {@code for localhost, expired}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("for ");
    text.append(clientName == null ? String.join(", ", hosts()) : "the client " + clientName);
    if (validity != Validity.VALID) {
      text.append(validity == Validity.EXPIRED ? ", expired" : ", not yet valid");
    }
    if (chainType != ChainType.ROOT) {
      text.append(", ").append(describe(chainType));
    }
    return keyType == KeyType.EC ? text.toString() : text.append(", ").append(keyType).toString();
  }

  private static String describe(ChainType chainType) {
    return switch (chainType) {
      case SELF_SIGNED -> "self-signed";
      case INTERMEDIATE_MISSING -> "without its intermediate";
      default -> "with an " + chainType.name().toLowerCase(Locale.ROOT);
    };
  }
}

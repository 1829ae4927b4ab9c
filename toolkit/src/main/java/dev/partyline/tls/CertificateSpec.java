package dev.partyline.tls;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate is like: an immutable value; each method returns a changed copy. Equal ones
 * stand for the same certificate until the JVM ends.
 *
 * <p>By default the test authority's root signs it, for a server at {@code localhost}, {@code
 * 127.0.0.1}, {@code ::1} and the machine's own name, with an EC key, valid for a year from
 * yesterday.
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

  /** Returns the default certificate. */
  public static CertificateSpec standard() {
    return STANDARD;
  }

  /**
   * Returns a certificate for a server at only these names and addresses.
   *
   * @param namesOrAddresses names such as {@code mail.example}, international ones, {@code
   *     *.example} for each name directly below it, or literal addresses; none is looked up
   * @throws IllegalArgumentException if one is neither a name nor an address
   */
  public CertificateSpec forHosts(String... namesOrAddresses) {
    return new CertificateSpec(
        HostNames.normalized(namesOrAddresses), null, validity, chainType, keyType);
  }

  /**
   * Returns a certificate that only a client can present.
   *
   * @param name the common name of the client: 1 to 64 characters
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

  /** Returns a certificate that was valid for a month until yesterday. */
  public CertificateSpec expired() {
    return new CertificateSpec(hosts, clientName, Validity.EXPIRED, chainType, keyType);
  }

  /** Returns a certificate that will be valid for a month from tomorrow. */
  public CertificateSpec notYetValid() {
    return new CertificateSpec(hosts, clientName, Validity.NOT_YET_VALID, chainType, keyType);
  }

  /** Returns a certificate that is signed only by its own key. */
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

  /** Returns a certificate for a key of this type; the authority's own key is always EC. */
  public CertificateSpec keyType(KeyType keyType) {
    return new CertificateSpec(hosts, clientName, validity, chainType, keyType);
  }

  /** Returns the names and addresses in it; that of a client has none. */
  List<String> hosts() {
    return hosts.isEmpty() && clientName == null ? HostNames.ofMachine() : hosts;
  }

  boolean isForClient() {
    return clientName != null;
  }

  /** Returns the common name, which is for human readers; a host must not be compared to it. */
  String commonName() {
    if (clientName != null) {
      return clientName;
    }
    String first = hosts().get(0);
    return first.length() <= MAX_COMMON_NAME_CHARS ? first : "Partyline test server";
  }

  /** Returns whether its hosts are those of the test rather than the standard ones. */
  boolean hasHosts() {
    return !hosts.isEmpty();
  }

  /** Returns the alerts that tell why it is wrong for any host; none if it is valid. */
  Set<TlsAlert> refusals() {
    Set<TlsAlert> alerts = EnumSet.noneOf(TlsAlert.class);
    if (validity != Validity.VALID) {
      alerts.add(TlsAlert.CERTIFICATE_EXPIRED);
    }
    if (chainType == ChainType.SELF_SIGNED || chainType == ChainType.INTERMEDIATE_MISSING) {
      alerts.add(TlsAlert.UNKNOWN_CA);
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

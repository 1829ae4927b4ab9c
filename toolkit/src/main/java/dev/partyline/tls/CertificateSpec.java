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
    NOW,
    EXPIRED,
    NOT_YET
  }

  /** Who signs it, and what is sent with it. */
  enum Chain {
    ROOT,
    INTERMEDIATE,
    INTERMEDIATE_MISSING,
    SELF
  }

  private static final int LONGEST_COMMON_NAME = 64;
  private static final CertificateSpec STANDARD =
      new CertificateSpec(List.of(), null, Validity.NOW, Chain.ROOT, KeyType.EC);

  private final List<String> hosts;
  private final @Nullable String client;
  private final Validity validity;
  private final Chain chain;
  private final KeyType keys;

  private CertificateSpec(
      List<String> hosts, @Nullable String client, Validity validity, Chain chain, KeyType keys) {
    this.hosts = hosts;
    this.client = client;
    this.validity = validity;
    this.chain = chain;
    this.keys = keys;
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
    return new CertificateSpec(HostNames.checked(namesOrAddresses), null, validity, chain, keys);
  }

  /**
   * Returns a certificate that a client shows, and no server can.
   *
   * @param name who the client is, its common name: 1 to 64 characters
   * @throws IllegalArgumentException if it is too short or too long, or has control characters
   */
  public CertificateSpec forClient(String name) {
    if (name.isBlank()
        || name.length() > LONGEST_COMMON_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "name (" + name + ") must have 1 to 64 characters, and no controls");
    }
    return new CertificateSpec(List.of(), name, validity, chain, keys);
  }

  /** Returns a certificate that was valid for a month, up to yesterday. */
  public CertificateSpec expired() {
    return new CertificateSpec(hosts, client, Validity.EXPIRED, chain, keys);
  }

  /** Returns a certificate that will be valid for a month, from tomorrow on. */
  public CertificateSpec notYetValid() {
    return new CertificateSpec(hosts, client, Validity.NOT_YET, chain, keys);
  }

  /** Returns a certificate that no authority has signed, only its own key. */
  public CertificateSpec selfSigned() {
    return new CertificateSpec(hosts, client, validity, Chain.SELF, keys);
  }

  /** Returns a certificate signed by an intermediate authority, whose certificate is sent, too. */
  public CertificateSpec withIntermediate() {
    return new CertificateSpec(hosts, client, validity, Chain.INTERMEDIATE, keys);
  }

  /** Returns a certificate signed by an intermediate authority, whose certificate is not sent. */
  public CertificateSpec withoutIntermediate() {
    return new CertificateSpec(hosts, client, validity, Chain.INTERMEDIATE_MISSING, keys);
  }

  /** Returns a certificate for a key of this kind; what the authority signs with stays EC. */
  public CertificateSpec keys(KeyType kind) {
    return new CertificateSpec(hosts, client, validity, chain, kind);
  }

  /** Returns what names and addresses stand in it; none in that of a client. */
  List<String> hosts() {
    return hosts.isEmpty() && client == null ? HostNames.ofMachine() : hosts;
  }

  boolean isForClient() {
    return client != null;
  }

  /** Returns the common name: who it is, for those who read; nobody should compare a host to it. */
  String commonName() {
    if (client != null) {
      return client;
    }
    String first = hosts().get(0);
    return first.length() <= LONGEST_COMMON_NAME ? first : "Partyline test server";
  }

  /** Returns by which alerts those refuse it who should, for whatever host; none if it is good. */
  Set<TlsAlert> refusals() {
    Set<TlsAlert> alerts = EnumSet.noneOf(TlsAlert.class);
    if (validity != Validity.NOW) {
      alerts.add(TlsAlert.CERTIFICATE_EXPIRED);
    }
    if (chain == Chain.SELF || chain == Chain.INTERMEDIATE_MISSING) {
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

  Chain chain() {
    return chain;
  }

  KeyType keys() {
    return keys;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CertificateSpec that
        && hosts.equals(that.hosts)
        && Objects.equals(client, that.client)
        && validity == that.validity
        && chain == that.chain
        && keys == that.keys;
  }

  @Override
  public int hashCode() {
    return Objects.hash(hosts, client, validity, chain, keys);
  }

  /** Returns what it is for and what is wrong with it, such as {@code for localhost, expired}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("for ");
    text.append(client == null ? String.join(", ", hosts()) : "the client " + client);
    if (validity != Validity.NOW) {
      text.append(validity == Validity.EXPIRED ? ", expired" : ", not yet valid");
    }
    if (chain != Chain.ROOT) {
      text.append(", ").append(words(chain));
    }
    return keys == KeyType.EC ? text.toString() : text.append(", ").append(keys).toString();
  }

  private static String words(Chain chain) {
    return switch (chain) {
      case SELF -> "self-signed";
      case INTERMEDIATE_MISSING -> "without its intermediate";
      default -> "with an " + chain.name().toLowerCase(Locale.ROOT);
    };
  }
}

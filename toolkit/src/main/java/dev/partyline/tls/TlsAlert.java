package dev.partyline.tls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The alerts of TLS by the names that the RFCs give them (RFC 8446, 6; IANA's registry). */
public enum TlsAlert {
  /** The sender is done. */
  CLOSE_NOTIFY(0),
  /** Something came that does not belong there. */
  UNEXPECTED_MESSAGE(10),
  /** A record could not be decrypted. */
  BAD_RECORD_MAC(20),
  /** A record is longer than it may be. */
  RECORD_OVERFLOW(22),
  /** No terms were found that both accept. */
  HANDSHAKE_FAILURE(40),
  /** A certificate is corrupt. */
  BAD_CERTIFICATE(42),
  /** A certificate is of a kind that is not supported. */
  UNSUPPORTED_CERTIFICATE(43),
  /** A certificate was revoked. */
  CERTIFICATE_REVOKED(44),
  /** A certificate is not valid now. */
  CERTIFICATE_EXPIRED(45),
  /** A certificate was refused for some other reason. */
  CERTIFICATE_UNKNOWN(46),
  /** A field is out of range or inconsistent. */
  ILLEGAL_PARAMETER(47),
  /** Nobody who is trusted has signed the certificate. */
  UNKNOWN_CA(48),
  /** The certificate is in order, and its owner is not let in. */
  ACCESS_DENIED(49),
  /** A message could not be read. */
  DECODE_ERROR(50),
  /** A signature or a Finished was wrong. */
  DECRYPT_ERROR(51),
  /** The version is known, and not spoken. */
  PROTOCOL_VERSION(70),
  /** What the peer offers is too weak. */
  INSUFFICIENT_SECURITY(71),
  /** Something failed that has nothing to do with the peer. */
  INTERNAL_ERROR(80),
  /** A version was tried again that is lower than it had to be (RFC 7507). */
  INAPPROPRIATE_FALLBACK(86),
  /** The sender gives the handshake up. */
  USER_CANCELED(90),
  /** The sender does not negotiate anew (RFC 5246, 7.2.2). */
  NO_RENEGOTIATION(100),
  /** An extension is missing. */
  MISSING_EXTENSION(109),
  /** An extension came that was not asked for. */
  UNSUPPORTED_EXTENSION(110),
  /** There is no server of that name. */
  UNRECOGNIZED_NAME(112),
  /** The stapled answer about revocation was wrong. */
  BAD_CERTIFICATE_STATUS_RESPONSE(113),
  /** The key that was agreed on ahead is not known. */
  UNKNOWN_PSK_IDENTITY(115),
  /** The client has to show a certificate. */
  CERTIFICATE_REQUIRED(116),
  /** Both have no application protocol in common (RFC 7301). */
  NO_APPLICATION_PROTOCOL(120);

  private final int description;

  TlsAlert(int description) {
    this.description = description;
  }

  /** Returns the number that stands for it in an alert. */
  public int description() {
    return description;
  }

  /** Returns the alert of a number, if it has a name. */
  public static Optional<TlsAlert> of(int description) {
    return Arrays.stream(values()).filter(each -> each.description == description).findFirst();
  }

  /**
   * Returns the alert of a name such as {@code handshake_failure}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static TlsAlert parse(String name) {
    return Arrays.stream(values())
        .filter(each -> each.hasName(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  /** Returns the name of a number, or the number if it has none. */
  public static String nameOf(int description) {
    return of(description).map(TlsAlert::toString).orElse("" + description);
  }

  boolean hasName(String name) {
    return toString().equals(name);
  }

  private static String unknown(String name) {
    return "alert ("
        + name
        + ") must be one of "
        + Arrays.stream(values()).map(TlsAlert::toString).collect(Collectors.joining(", "));
  }

  /** Returns the name as the RFCs write it: {@code handshake_failure}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

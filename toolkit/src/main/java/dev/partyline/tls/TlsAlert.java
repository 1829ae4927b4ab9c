package dev.partyline.tls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The alerts of TLS (RFC 8446, 6; IANA's registry). */
public enum TlsAlert {
  /** The sender sends nothing more. */
  CLOSE_NOTIFY(0),
  /** A message came out of turn. */
  UNEXPECTED_MESSAGE(10),
  /** A record could not be decrypted. */
  BAD_RECORD_MAC(20),
  /** A record is longer than it may be. */
  RECORD_OVERFLOW(22),
  /** There are no parameters that both sides accept. */
  HANDSHAKE_FAILURE(40),
  /** A certificate is corrupt. */
  BAD_CERTIFICATE(42),
  /** A certificate is of a type that is not supported. */
  UNSUPPORTED_CERTIFICATE(43),
  /** A certificate was revoked. */
  CERTIFICATE_REVOKED(44),
  /** A certificate has expired or is not valid yet. */
  CERTIFICATE_EXPIRED(45),
  /** A certificate was refused for some other reason. */
  CERTIFICATE_UNKNOWN(46),
  /** A field is out of range or inconsistent. */
  ILLEGAL_PARAMETER(47),
  /** The certificate is not signed by a trusted authority. */
  UNKNOWN_CA(48),
  /** The certificate is valid, but its owner has no access. */
  ACCESS_DENIED(49),
  /** A message could not be decoded. */
  DECODE_ERROR(50),
  /** A signature or a Finished message was wrong. */
  DECRYPT_ERROR(51),
  /** The version is known but not supported. */
  PROTOCOL_VERSION(70),
  /** What the peer offers is too weak. */
  INSUFFICIENT_SECURITY(71),
  /** Something failed that has nothing to do with the peer. */
  INTERNAL_ERROR(80),
  /** The client retried with a lower version than necessary (RFC 7507). */
  INAPPROPRIATE_FALLBACK(86),
  /** The sender cancels the handshake. */
  USER_CANCELED(90),
  /** The sender does not renegotiate (RFC 5246, 7.2.2). */
  NO_RENEGOTIATION(100),
  /** An extension is missing. */
  MISSING_EXTENSION(109),
  /** An extension came that was not offered. */
  UNSUPPORTED_EXTENSION(110),
  /** There is no server with that name. */
  UNRECOGNIZED_NAME(112),
  /** The stapled OCSP response was wrong. */
  BAD_CERTIFICATE_STATUS_RESPONSE(113),
  /** The pre-shared key is not known. */
  UNKNOWN_PSK_IDENTITY(115),
  /** The client must present a certificate. */
  CERTIFICATE_REQUIRED(116),
  /** The sides have no application protocol in common (RFC 7301). */
  NO_APPLICATION_PROTOCOL(120);

  private final int description;

  TlsAlert(int description) {
    this.description = description;
  }

  /** Returns its number. */
  public int description() {
    return description;
  }

  /** Returns the alert with a number, if there is one. */
  public static Optional<TlsAlert> of(int description) {
    return Arrays.stream(values()).filter(each -> each.description == description).findFirst();
  }

  /**
   * Returns the alert with a name such as {@code handshake_failure}.
   *
   * @throws IllegalArgumentException if there is none with that name
   */
  public static TlsAlert parse(String name) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  /** Returns the name of a number, or the number if it has none. */
  public static String nameOf(int description) {
    return of(description).map(TlsAlert::toString).orElse("" + description);
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

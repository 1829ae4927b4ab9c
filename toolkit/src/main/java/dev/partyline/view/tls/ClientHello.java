package dev.partyline.view.tls;

import dev.partyline.internal.reading.FlawException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers in the first message of a handshake (RFC 8446, 4.1.2). Values without a
 * name, those of GREASE (RFC 8701) among them, are numbers such as {@code 0x1a1a}.
 *
 * @param offset the offset of the message, after the header of its record, in what the client sent
 * @param serverName the name of the server (SNI), as sent
 * @param alpn the application protocols on offer, in order
 * @param versions the versions on offer, in order, such as {@code TLSv1.3}: those of the extension
 *     supported_versions, or that of the message without the extension
 * @param cipherSuites the cipher suites on offer, in order
 * @param extensions the numbers of all extensions, in order
 */
public record ClientHello(
    long offset,
    Optional<String> serverName,
    List<String> alpn,
    List<String> versions,
    List<String> cipherSuites,
    List<Integer> extensions) {

  static ClientHello of(long offset, TlsFieldReader body) throws FlawException {
    int version = body.readNumber("legacy_version", 2);
    body.readPart("random", 32);
    body.readVector("legacy_session_id", 1);
    TlsFieldReader suites = body.readVector("cipher_suites", 2);
    List<String> names = suites.readAll(each -> TlsCodes.suite(each.readNumber("cipher_suite", 2)));
    body.readVector("legacy_compression_methods", 1);
    TlsExtensions extensions = TlsExtensions.of(body);
    TlsFieldReader supportedVersions = extensions.find(TlsExtensions.SUPPORTED_VERSIONS);
    List<String> versions =
        supportedVersions == null
            ? List.of(TlsCodes.version(version))
            : versions(supportedVersions);
    return new ClientHello(
        offset,
        serverName(extensions.find(TlsExtensions.SERVER_NAME)),
        extensions.alpn(),
        versions,
        names,
        extensions.types());
  }

  private static List<String> versions(TlsFieldReader extension) throws FlawException {
    return extension
        .readVector("supported_versions", 1)
        .readAll(each -> TlsCodes.version(each.readNumber("version", 2)));
  }

  /** Returns the first host name, which must be the only one (RFC 6066, 3). */
  private static Optional<String> serverName(@Nullable TlsFieldReader extension)
      throws FlawException {
    if (extension == null) {
      return Optional.empty();
    }
    TlsFieldReader list = extension.readVector("server_name_list", 2);
    while (list.hasMore()) {
      int type = list.readNumber("name_type", 1);
      TlsFieldReader name = list.readVector("host_name", 2);
      if (type == 0) {
        return Optional.of(name.readRemaining().escaped());
      }
    }
    return Optional.empty();
  }

  /** Returns it as a line, such as {@code client_hello: mail.example, TLSv1.3 TLSv1.2, alpn h2}. */
  @Override
  public String toString() {
    return "client_hello: "
        + serverName.map(name -> name + ", ").orElse("")
        + String.join(" ", versions)
        + (alpn.isEmpty() ? "" : ", alpn " + String.join(" ", alpn))
        + ", "
        + String.join(" ", cipherSuites);
  }
}

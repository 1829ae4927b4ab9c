package dev.partyline.view.tls;

import dev.partyline.internal.reading.FlawException;
import java.util.List;
import java.util.Optional;

/**
 * What a server chose, as far as it is in plaintext (RFC 8446, 4.1.3).
 *
 * @param offset the offset of the message, after the header of its record, in what the server sent
 * @param version the version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, or its number if its name is unknown
 * @param alpn the application protocol, which TLS 1.3 encrypts
 * @param extensions the numbers of all extensions in plaintext, in order
 */
public record ServerHello(
    long offset,
    String version,
    String cipherSuite,
    Optional<String> alpn,
    List<Integer> extensions) {

  static ServerHello of(long offset, TlsFieldReader body) throws FlawException {
    int version = body.readNumber("legacy_version", 2);
    body.readPart("random", 32);
    body.readVector("legacy_session_id_echo", 1);
    int suite = body.readNumber("cipher_suite", 2);
    body.readNumber("legacy_compression_method", 1);
    TlsExtensions extensions = TlsExtensions.of(body);
    TlsFieldReader supportedVersions = extensions.find(TlsExtensions.SUPPORTED_VERSIONS);
    int selectedVersion =
        supportedVersions == null ? version : supportedVersions.readNumber("selected_version", 2);
    return new ServerHello(
        offset,
        TlsCodes.version(selectedVersion),
        TlsCodes.suite(suite),
        extensions.alpn().stream().findFirst(),
        extensions.types());
  }

  /** Returns it as a line, such as {@code server_hello: TLSv1.3, TLS_AES_128_GCM_SHA256}. */
  @Override
  public String toString() {
    return "server_hello: "
        + version
        + ", "
        + cipherSuite
        + alpn.map(name -> ", alpn " + name).orElse("");
  }
}

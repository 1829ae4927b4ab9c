package dev.partyline.tls;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What an end offers or accepts in its hello; an empty list stands for the JVM's default. */
record TlsParameters(
    List<String> protocols,
    List<String> cipherSuites,
    List<String> alpn,
    @Nullable String serverName,
    boolean resumption) {
  static final TlsParameters STANDARD =
      new TlsParameters(List.of(), List.of(), List.of(), null, true);

  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  /** The length of a name has one byte (RFC 7301, 3.1). */
  private static final int MAX_ALPN_CHARS = 255;

  TlsParameters protocols(String... versions) {
    requireKnown("version", VERSIONS, versions);
    return new TlsParameters(List.of(versions), cipherSuites, alpn, serverName, resumption);
  }

  TlsParameters cipherSuites(String... names) {
    requireKnown("cipher suite", Jsse.cipherSuites(), names);
    return new TlsParameters(protocols, List.of(names), alpn, serverName, resumption);
  }

  private static void requireKnown(String what, List<String> known, String... names) {
    if (names.length == 0) {
      throw new IllegalArgumentException(what + "s () must be one at least");
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            what + " (" + name + ") must be one of " + String.join(", ", known));
      }
    }
  }

  TlsParameters alpn(String... names) {
    for (String name : names) {
      if (name.isEmpty() || name.length() > MAX_ALPN_CHARS) {
        throw new IllegalArgumentException(
            "application protocol (" + name + ") must have 1 to 255 characters, such as h2");
      }
    }
    return new TlsParameters(protocols, cipherSuites, List.of(names), serverName, resumption);
  }

  TlsParameters serverName(String name) {
    return new TlsParameters(
        protocols, cipherSuites, alpn, HostNames.toAscii(name, false), resumption);
  }

  TlsParameters withoutResumption() {
    return new TlsParameters(protocols, cipherSuites, alpn, serverName, false);
  }

  /** Returns a host or, if there is none, as on Unix domain sockets, the name that is sent. */
  String hostOrServerName(String host) {
    return host.isEmpty() && serverName != null ? serverName : host;
  }

  void applyTo(SSLParameters sslParameters) {
    if (!protocols.isEmpty()) {
      sslParameters.setProtocols(protocols.toArray(String[]::new));
    }
    if (!cipherSuites.isEmpty()) {
      sslParameters.setCipherSuites(cipherSuites.toArray(String[]::new));
    }
    sslParameters.setApplicationProtocols(alpn.toArray(String[]::new));
  }

  /** Sends the name of the server, unless it has only an address (RFC 6066, 3). */
  void setServerName(SSLParameters sslParameters, String host) {
    String name =
        serverName == null && HostNames.isName(host) ? HostNames.toAscii(host, false) : serverName;
    sslParameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    List.of(protocols, cipherSuites).stream()
        .filter(names -> !names.isEmpty())
        .forEach(names -> text.append(", ").append(String.join(" ", names)));
    if (!alpn.isEmpty()) {
      text.append(", alpn ").append(String.join(" ", alpn));
    }
    if (serverName != null) {
      text.append(", sni ").append(serverName);
    }
    return resumption ? text.toString() : text.append(", without resumption").toString();
  }
}

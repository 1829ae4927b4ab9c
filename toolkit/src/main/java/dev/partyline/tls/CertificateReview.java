package dev.partyline.tls;

import dev.partyline.wire.Side;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what is wrong with a certificate for one peer.
 *
 * @param presenter the side that presents it
 * @param serverName the name that the client sent (SNI, RFC 6066, 3); empty if it sent none
 * @param address the address that the client connected to; empty on Unix domain sockets
 */
record CertificateReview(Side presenter, String serverName, String address) {

  /** Returns what is wrong, if anything is. */
  Optional<CertificateFault> of(CertificateSpec spec) {
    Set<TlsAlert> refusals = spec.refusals();
    if (spec.isForClient() != (presenter == Side.CLIENT)) {
      refusals.add(TlsAlert.UNSUPPORTED_CERTIFICATE);
    }
    boolean wrongForAll = !refusals.isEmpty();
    boolean wrongHost = isForAnotherHost(spec);
    if (!wrongForAll && !wrongHost) {
      return Optional.empty();
    }
    // Sent by peers that do not distinguish the reasons, such as JSSE, or about the host.
    refusals.add(TlsAlert.CERTIFICATE_UNKNOWN);
    refusals.add(TlsAlert.BAD_CERTIFICATE);
    String description = "a certificate " + spec + (wrongHost ? ", though " + wanted() : "");
    boolean certain = wrongForAll || isForNoNameOfOurs(spec.hosts());
    return Optional.of(
        new CertificateFault(description, Collections.unmodifiableSet(refusals), certain));
  }

  /** The standard certificate is not wrong on purpose, even if a client asks for another host. */
  private boolean isForAnotherHost(CertificateSpec spec) {
    String host = serverName.isEmpty() ? address : serverName;
    return presenter == Side.SERVER
        && spec.hasHosts()
        && !host.isEmpty()
        && !isFor(spec.hosts(), host);
  }

  /** Without SNI the client may have asked for a name: JSSE sends none that has no dot. */
  private boolean isForNoNameOfOurs(List<String> hosts) {
    boolean unsentName =
        serverName.isEmpty()
            && hosts.stream().anyMatch(host -> HostNames.isName(host) && !host.contains("."));
    return !unsentName && !isFor(hosts, address);
  }

  private String wanted() {
    return serverName.isEmpty()
        ? "the client connected to " + address
        : "the client asked for " + serverName;
  }

  private static boolean isFor(List<String> hosts, String host) {
    byte[] address = HostNames.addressBytes(host);
    return address == null
        ? hosts.stream().anyMatch(each -> matches(each, host.toLowerCase(Locale.ROOT)))
        : hosts.stream().anyMatch(each -> Arrays.equals(HostNames.addressBytes(each), address));
  }

  /** An asterisk stands for one label (RFC 6125, 6.4.3). */
  private static boolean matches(String pattern, String name) {
    int dot = name.indexOf('.');
    return pattern.equals(name)
        || pattern.startsWith("*.") && dot > 0 && pattern.substring(1).equals(name.substring(dot));
  }
}

package dev.partyline.tls;

import java.util.Set;

/**
 * What is wrong on purpose with the certificate that an end presents to one peer.
 *
 * @param description the certificate in words, such as {@code a certificate for other.example,
 *     though the client asked for localhost}
 * @param refusals the alerts by which the peer is to refuse it, for one of its faults
 * @param certain whether it is wrong by whatever name the peer knows this end; otherwise it may
 *     have asked for a name in it without sending that
 */
public record CertificateFault(String description, Set<TlsAlert> refusals, boolean certain) {}

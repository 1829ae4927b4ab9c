/**
 * DNS messages over UDP and TCP (RFC 1035).
 *
 * <p>Begin with {@link dev.partyline.view.dns.Dns}.
 */
@NullMarked
package dev.partyline.view.dns;

import org.jspecify.annotations.NullMarked;

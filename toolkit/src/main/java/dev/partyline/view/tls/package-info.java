/**
 * What can be read of TLS without its keys: records, hellos and alerts (RFC 8446).
 *
 * <p>Begin with {@link dev.partyline.view.tls.TlsMessages}.
 */
@NullMarked
package dev.partyline.view.tls;

import org.jspecify.annotations.NullMarked;

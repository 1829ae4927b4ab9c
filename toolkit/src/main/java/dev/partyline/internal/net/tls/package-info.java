/**
 * TLS over a channel that does not block.
 *
 * <p>Begin with {@link dev.partyline.internal.net.tls.TlsIo}: it has an {@link
 * dev.partyline.internal.net.tls.TlsInput} and a {@link dev.partyline.internal.net.tls.TlsOutput},
 * and long computations run on other threads by {@link dev.partyline.internal.net.tls.TlsTasks}.
 */
@NullMarked
package dev.partyline.internal.net.tls;

import org.jspecify.annotations.NullMarked;

/**
 * TLS over a channel that does not block.
 *
 * <p>Begin with {@link dev.partyline.internal.net.tls.TlsIo}: it has a {@link
 * dev.partyline.internal.net.tls.TlsInput} and a {@link dev.partyline.internal.net.tls.TlsOutput},
 * and a {@link dev.partyline.internal.net.tls.TlsEngine} whose long computations run on other
 * threads.
 */
@NullMarked
package dev.partyline.internal.net.tls;

import org.jspecify.annotations.NullMarked;

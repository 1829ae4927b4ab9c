/**
 * TLS over a channel that does not block.
 *
 * <p>Begin with {@link dev.partyline.internal.net.tls.TlsIo}: it has a {@link
 * dev.partyline.internal.net.tls.TlsInput} and a {@link dev.partyline.internal.net.tls.TlsOutput},
 * a {@link dev.partyline.internal.net.tls.TlsEngine} whose long computations run on other threads,
 * and a {@link dev.partyline.internal.net.tls.TlsOutcome}, which knows whether the test asked for a
 * failure.
 */
@NullMarked
package dev.partyline.internal.net.tls;

import org.jspecify.annotations.NullMarked;

package dev.partyline.loopback;

import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What listeners and clients have in common.
 *
 * @param deadline how long each wait may last
 * @param marks the board that is shared, null for one of its own
 * @param keepingTimes whether a player keeps the times of the script
 * @param redaction what must not be read in a failure
 * @param tls how TLS is spoken, null for not at all, or for the standard where a script starts it
 */
record EndpointOptions(
    Duration deadline,
    @Nullable Marks marks,
    boolean keepingTimes,
    Redaction redaction,
    @Nullable Tls tls) {
  static final EndpointOptions DEFAULT =
      new EndpointOptions(Duration.ofSeconds(5), null, false, Redaction.standard(), null);

  EndpointOptions {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline (" + deadline + ") must be positive");
    }
  }

  EndpointOptions withDeadline(Duration other) {
    return new EndpointOptions(other, marks, keepingTimes, redaction, tls);
  }

  EndpointOptions withMarks(Marks other) {
    return new EndpointOptions(deadline, other, keepingTimes, redaction, tls);
  }

  EndpointOptions withTimesKept() {
    return new EndpointOptions(deadline, marks, true, redaction, tls);
  }

  EndpointOptions withRedaction(Redaction other) {
    return new EndpointOptions(deadline, marks, keepingTimes, other, tls);
  }

  EndpointOptions withTls(Tls other) {
    return new EndpointOptions(deadline, marks, keepingTimes, redaction, other);
  }

  /** Only streams carry TLS; QUIC and DTLS are others. */
  void check(Transport transport) {
    if (tls != null && !transport.isStream()) {
      throw new IllegalArgumentException(
          "tls (" + tls + ") needs a stream, and UDP has none; use TCP or a Unix domain socket");
    }
  }

  /**
   * Returns how TLS is spoken with or by a server, null for not at all.
   *
   * @param script what is played; null if nothing is
   */
  @Nullable TlsSetup tlsSetup(@Nullable Script script, String host, int port) {
    Tls tlsConfig = tls;
    if (tlsConfig == null) {
      return null;
    }
    return new TlsSetup(tlsConfig, script == null || !script.startsTls(), host, port);
  }

  /** Returns how long a wait may last on this machine. */
  long timeoutNanos() {
    return TimeoutFactor.stretch(deadline).toNanos();
  }

  Marks marksOrNew() {
    return marks == null ? new Marks() : marks;
  }
}

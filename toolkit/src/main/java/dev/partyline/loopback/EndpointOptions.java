package dev.partyline.loopback;

import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.weather.Weather;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What listeners and clients have in common.
 *
 * @param deadline how long each wait may last
 * @param marks the marks that are shared, null for marks of its own
 * @param keepingTimes whether a player keeps the times of the script
 * @param recordingPolicy what the recording keeps
 * @param redaction what is masked in failures, null for the standard
 * @param tls how TLS is used, null for not at all, or for the standard if a script starts it
 * @param weather the faults between its end and its peer, null for a socket without a relay
 */
record EndpointOptions(
    Duration deadline,
    @Nullable Marks marks,
    boolean keepingTimes,
    RecordingPolicy recordingPolicy,
    @Nullable Redaction redaction,
    @Nullable Tls tls,
    @Nullable Weather weather) {
  static final EndpointOptions DEFAULT =
      new EndpointOptions(
          Duration.ofSeconds(5), null, false, RecordingPolicy.everything(), null, null, null);

  EndpointOptions {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline (" + deadline + ") must be positive");
    }
  }

  EndpointOptions withDeadline(Duration other) {
    return new EndpointOptions(
        other, marks, keepingTimes, recordingPolicy, redaction, tls, weather);
  }

  EndpointOptions withMarks(Marks other) {
    return new EndpointOptions(
        deadline, other, keepingTimes, recordingPolicy, redaction, tls, weather);
  }

  EndpointOptions withTimesKept() {
    return new EndpointOptions(deadline, marks, true, recordingPolicy, redaction, tls, weather);
  }

  EndpointOptions withRecordingPolicy(RecordingPolicy other) {
    return new EndpointOptions(deadline, marks, keepingTimes, other, redaction, tls, weather);
  }

  EndpointOptions withRedaction(Redaction other) {
    return new EndpointOptions(deadline, marks, keepingTimes, recordingPolicy, other, tls, weather);
  }

  EndpointOptions withTls(Tls other) {
    return new EndpointOptions(
        deadline, marks, keepingTimes, recordingPolicy, redaction, other, weather);
  }

  EndpointOptions withWeather(Weather other) {
    return new EndpointOptions(
        deadline, marks, keepingTimes, recordingPolicy, redaction, tls, other);
  }

  /** Checks that only streams use TLS; QUIC and DTLS are not supported. */
  void check(Transport transport) {
    if (tls != null && !transport.isStream()) {
      throw new IllegalArgumentException(
          "tls (" + tls + ") needs a stream, and UDP has none; use TCP or a Unix domain socket");
    }
  }

  /**
   * Returns the setup of TLS of a listener, null for no TLS. A listener that is started again has
   * forgotten its sessions.
   *
   * @param script what is played, null for nothing
   */
  @Nullable TlsSetup listenerTlsSetup(@Nullable Script script) {
    Tls tlsConfig = tlsFor(script);
    return tlsConfig == null ? null : tlsSetup(tlsConfig.withNewSessions(), script, "", 0);
  }

  /**
   * Returns the setup of TLS of a client, null for no TLS.
   *
   * @param script what is played, null for nothing
   * @param host the host of the server; empty if it has none
   */
  @Nullable TlsSetup clientTlsSetup(@Nullable Script script, String host, int port) {
    Tls tlsConfig = tlsFor(script);
    return tlsConfig == null ? null : tlsSetup(tlsConfig, script, host, port);
  }

  private @Nullable Tls tlsFor(@Nullable Script script) {
    return tls == null && script != null && script.startsTls() ? Tls.standard() : tls;
  }

  private static TlsSetup tlsSetup(Tls tlsConfig, @Nullable Script script, String host, int port) {
    return new TlsSetup(tlsConfig, script == null || !script.startsTls(), host, port);
  }

  PlayerFactory playerFactory(Script script, Side side, Transport transport, Marks usedMarks) {
    return PlayerFactory.of(script, side, transport, deadline, usedMarks, keepingTimes);
  }

  /** Returns how long a wait may last on this machine. */
  long timeoutNanos() {
    return TimeoutFactor.stretch(deadline).toNanos();
  }

  /** Makes the standard only when a failure is shown: it compiles some patterns. */
  Redaction redactionOrStandard() {
    return redaction == null ? Redaction.standard() : redaction;
  }

  Marks marksOrNew() {
    return marks == null ? new Marks() : marks;
  }
}

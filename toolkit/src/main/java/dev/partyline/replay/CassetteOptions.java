package dev.partyline.replay;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.script.Script;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.ReplayScript;
import dev.partyline.script.transcript.VaryingParts;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What all cassettes can be told.
 *
 * @param redaction what is masked in failures, and in the file unless that is exact
 * @param transport that of the clients; null for that of the server, and TCP in a replay
 */
record CassetteOptions(
    VaryingParts varying,
    boolean timesKept,
    Redaction redaction,
    boolean exactBytes,
    @Nullable Transport transport,
    UnaryOperator<TapSpec> tapOptions) {
  /** Longer than that of other scripts, because clients keep connections that they do not use. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  static final CassetteOptions DEFAULT =
      new CassetteOptions(
          VaryingParts.none(), false, Redaction.standard(), false, null, UnaryOperator.identity());

  CassetteOptions withVarying(VaryingParts newVarying) {
    return new CassetteOptions(newVarying, timesKept, redaction, exactBytes, transport, tapOptions);
  }

  CassetteOptions withTimesKept() {
    return new CassetteOptions(varying, true, redaction, exactBytes, transport, tapOptions);
  }

  CassetteOptions withRedaction(Redaction newRedaction) {
    return new CassetteOptions(varying, timesKept, newRedaction, exactBytes, transport, tapOptions);
  }

  CassetteOptions withExactBytes() {
    return new CassetteOptions(varying, timesKept, redaction, true, transport, tapOptions);
  }

  CassetteOptions withTransport(Transport newTransport) {
    return new CassetteOptions(varying, timesKept, redaction, exactBytes, newTransport, tapOptions);
  }

  CassetteOptions withTapOptions(UnaryOperator<TapSpec> newOptions) {
    return new CassetteOptions(varying, timesKept, redaction, exactBytes, transport, newOptions);
  }

  /** Returns the tap in front of the real server. */
  TapSpec recordingTap(TapSpec server) {
    return tapOptions.apply(over(server.redacting(redaction)));
  }

  /** Returns the tap in front of the listener that plays the file. */
  TapSpec replayingTap(Listener listener) {
    return tapOptions.apply(over(Tap.to(listener).redacting(redaction))).inFrontOf(listener);
  }

  private TapSpec over(TapSpec spec) {
    return transport == null ? spec : spec.over(transport);
  }

  /** Returns the listener that plays a script; the tap is its client. */
  ListenerSpec listener(Script script) {
    ListenerSpec spec =
        Listener.playing(script)
            .over(transport == Transport.UDP ? Transport.UDP : Transport.TCP)
            .deadline(DEADLINE)
            .redacting(redaction);
    return timesKept ? spec.keepingTimes() : spec;
  }

  Transport replayTransport() {
    return transport == null ? Transport.TCP : transport;
  }

  /** The tap has another port in each run, which clients send in places like Host of HTTP. */
  String text(Tap tap) {
    ReplayScript script =
        ReplayScript.of(tap).varying(varying).redacting(exactBytes ? Redaction.none() : redaction);
    if (tap.address() instanceof InetSocketAddress address) {
      script = script.naming("port", String.valueOf(address.getPort()));
    }
    return (timesKept ? script.keepingTimes() : script).text();
  }
}

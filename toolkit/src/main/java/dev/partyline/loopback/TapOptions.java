package dev.partyline.loopback;

import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.weather.Weather;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What a tap does with its connections, apart from the addresses.
 *
 * @param weather the faults from the first connection on
 * @param clientTls how TLS is used with the clients, null for not at all
 * @param serverTls how TLS is used with the server, null for not at all
 */
record TapOptions(
    Weather weather,
    RecordingPolicy recordingPolicy,
    Redaction redaction,
    @Nullable Tls clientTls,
    @Nullable Tls serverTls) {
  static final TapOptions DEFAULT =
      new TapOptions(
          Weather.clear(), RecordingPolicy.everything(), Redaction.standard(), null, null);

  TapOptions withWeather(Weather newWeather) {
    return new TapOptions(newWeather, recordingPolicy, redaction, clientTls, serverTls);
  }

  TapOptions withRecordingPolicy(RecordingPolicy newPolicy) {
    return new TapOptions(weather, newPolicy, redaction, clientTls, serverTls);
  }

  TapOptions withRedaction(Redaction newRedaction) {
    return new TapOptions(weather, recordingPolicy, newRedaction, clientTls, serverTls);
  }

  TapOptions withClientTls(Tls newTls) {
    return new TapOptions(weather, recordingPolicy, redaction, newTls, serverTls);
  }

  TapOptions withServerTls(@Nullable Tls newTls) {
    return new TapOptions(weather, recordingPolicy, redaction, clientTls, newTls);
  }

  void check(Transport transport) {
    if (transport == Transport.UDP && (clientTls != null || serverTls != null)) {
      throw new IllegalArgumentException(
          "tls needs a stream, and UDP has none; use TCP or a Unix domain socket");
    }
  }

  @Nullable TlsSetup clientTlsSetup() {
    return tlsSetup(clientTls);
  }

  @Nullable TlsSetup serverTlsSetup() {
    return tlsSetup(serverTls);
  }

  private static @Nullable TlsSetup tlsSetup(@Nullable Tls tls) {
    return tls == null ? null : new TlsSetup(tls.withNewSessions(), true, "", 0);
  }
}

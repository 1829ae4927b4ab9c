package dev.partyline.loopback;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.relay.EndpointWeather;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** The weather of a listener or a client. */
final class OwnWeather implements Weathered {
  private final Object owner;
  private final Recorder recorder;
  private final FaultInjector injector;
  private final @Nullable EndpointWeather relays;

  /**
   * Makes one.
   *
   * @param owner the listener or client
   * @param weather null if its connections are without a relay
   * @throws IllegalArgumentException if a fault makes no sense over the transport
   */
  OwnWeather(
      Object owner,
      @Nullable Weather weather,
      Transport transport,
      Recorder recorder,
      BackgroundFailures failures) {
    this.owner = owner;
    this.recorder = recorder;
    this.injector = new FaultInjector(weather == null ? Weather.clear() : weather, transport);
    this.relays =
        weather == null ? null : new EndpointWeather(injector, transport, failures);
  }

  /** Returns what puts a relay in front of each connection, or null. */
  @Nullable EndpointWeather relays() {
    return relays;
  }

  FaultInjector injector() {
    return injector;
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }

  @Override
  public WeatherReport weatherReport() {
    return injector.report();
  }

  @Override
  public long seed() {
    return injector.seed();
  }

  @Override
  public String toString() {
    return owner.toString();
  }
}

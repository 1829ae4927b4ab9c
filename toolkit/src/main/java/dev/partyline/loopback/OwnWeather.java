package dev.partyline.loopback;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.relay.EndpointWeather;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.Holds;
import dev.partyline.weather.ThreadWeather;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Transport;
import java.util.List;
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
   * @param own null if it has none; without one of the thread its connections have no relay then
   * @throws IllegalArgumentException if a fault makes no sense over the transport
   */
  OwnWeather(
      Object owner,
      @Nullable Weather own,
      Transport transport,
      Recorder recorder,
      BackgroundFailures failures) {
    this.owner = owner;
    this.recorder = recorder;
    Weather ofThread = ThreadWeather.get().over(transport);
    Weather weather = own == null ? ofThread : own.and(ofThread);
    this.injector = new FaultInjector(weather, transport);
    this.relays =
        own == null && ofThread.faults().isEmpty()
            ? null
            : new EndpointWeather(injector, transport, failures);
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
  public Holds holds() {
    if (relays == null) {
      throw new IllegalStateException(
          owner
              + " was started without a weather, so nothing of it can be held; start it with"
              + " in(Weather.clear()), or @InWeather(\"clear\") beside its annotation");
    }
    return injector.holds();
  }

  @Override
  public List<String> held() {
    return injector.holds().describe();
  }

  @Override
  public String toString() {
    return owner.toString();
  }
}

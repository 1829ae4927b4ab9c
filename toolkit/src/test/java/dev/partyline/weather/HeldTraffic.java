package dev.partyline.weather;

import dev.partyline.wire.Recording;

/** What a tap has of an injector, without a tap. */
public record HeldTraffic(Recording recording, FaultInjector injector) implements Weathered {
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
    return injector.holds();
  }
}

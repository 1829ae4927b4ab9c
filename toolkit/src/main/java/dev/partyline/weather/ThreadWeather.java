package dev.partyline.weather;

/**
 * The weather that each listener, client and tap has after its own if this thread starts it, so
 * that a test can be run in many weathers without being changed. A fault that makes no sense over
 * the transport of what is started is left out.
 */
public final class ThreadWeather {
  private static final ThreadLocal<Weather> CURRENT = ThreadLocal.withInitial(Weather::clear);

  private ThreadWeather() {}

  /** Returns the weather of this thread; clear unless it was set. */
  public static Weather get() {
    return CURRENT.get();
  }

  /** Sets the weather of this thread, until it is set again. */
  public static void set(Weather weather) {
    if (weather.equals(Weather.clear())) {
      CURRENT.remove();
    } else {
      CURRENT.set(weather);
    }
  }
}

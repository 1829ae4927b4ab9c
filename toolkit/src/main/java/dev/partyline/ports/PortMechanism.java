package dev.partyline.ports;

/**
 * How ports are leased on this machine, as a probe has found out.
 *
 * @param shared whether a server can bind the port while the lease holds it, as on Linux; elsewhere
 *     the lease releases the port right before a server binds, and only the server holds it from
 *     then on
 * @param reason the result of the probe
 */
public record PortMechanism(boolean shared, String reason) {
  /** Returns {@code held and shared} or {@code held until a server binds}, and why. */
  @Override
  public String toString() {
    return (shared ? "held and shared: " : "held until a server binds: ") + reason;
  }
}

package dev.partyline.ports;

/**
 * How this machine lets a port be leased, as a trial has found out.
 *
 * @param shared whether a server can bind the port while the lease holds it, as on Linux; elsewhere
 *     the lease lets go of the port right before a server binds, and nobody holds it from then on
 *     but the server
 * @param reason what the trial has seen
 */
public record PortMechanism(boolean shared, String reason) {
  /** Returns {@code held and shared} or {@code held until a server binds}, and why. */
  @Override
  public String toString() {
    return (shared ? "held and shared: " : "held until a server binds: ") + reason;
  }
}

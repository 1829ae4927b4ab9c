package dev.partyline.filter;

import dev.partyline.wire.Transport;
import java.util.Optional;

/**
 * The names of common ports in filters and tables: those of the registry of IANA and of
 * services(5), the same on every machine.
 */
public final class ServiceNames {
  private ServiceNames() {}

  /** Returns the name of a port over a transport, such as {@code http} for 80 over TCP. */
  public static Optional<String> of(Transport transport, int port) {
    return Optional.ofNullable(Service.nameOf(transport, port));
  }
}

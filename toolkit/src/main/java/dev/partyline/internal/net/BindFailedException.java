package dev.partyline.internal.net;

import dev.partyline.wire.Transport;
import java.net.SocketAddress;

/**
 * An address could not be bound. Users never see it: what they have started explains it in a {@link
 * dev.partyline.wire.LoopbackException}.
 */
public final class BindFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Transport transport;
  private final SocketAddress address;
  private final Exception reason;

  BindFailedException(Transport transport, SocketAddress address, Exception cause) {
    super(cause);
    this.transport = transport;
    this.address = address;
    this.reason = cause;
  }

  public Transport transport() {
    return transport;
  }

  public SocketAddress address() {
    return address;
  }

  /** Returns what the system has reported. */
  public Exception reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return "cannot listen on " + Addresses.literal(transport, address) + ": " + reason.getMessage();
  }
}

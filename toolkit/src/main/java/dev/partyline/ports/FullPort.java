package dev.partyline.ports;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.BlockedPort;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;

/** What a lease whose backlog is full has open beside the sockets that hold its port. */
record FullPort(BlockedPort sockets, BackgroundFailures failures, OpenSocketOwner openEntry) {
  /**
   * Listens on the address of a lease, and fills the backlog.
   *
   * @param label the text of that address
   */
  static FullPort open(InetSocketAddress address, String label) {
    Binding binding = Binding.onLoopback(Transport.TCP).withPort(address.getPort());
    BackgroundFailures failures = new BackgroundFailures();
    BlockedPort sockets = new BlockedPort(binding.listen(1), address, failures);
    sockets.fillBacklog();
    return new FullPort(
        sockets,
        failures,
        OpenSocketOwner.register("PortLease{" + label + ", never accepting}", sockets));
  }

  void close() {
    openEntry.unregister();
    sockets.close();
    failures.throwIfAny();
  }
}

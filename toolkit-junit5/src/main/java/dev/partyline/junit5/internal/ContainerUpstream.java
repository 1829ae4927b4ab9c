package dev.partyline.junit5.internal;

import dev.partyline.loopback.Containers;
import dev.partyline.loopback.TapSpec;
import java.net.InetSocketAddress;
import org.testcontainers.containers.ContainerState;

/** A container of Testcontainers as upstream; this class is loaded only if there is one. */
final class ContainerUpstream {
  private ContainerUpstream() {}

  static UpstreamRef of(Object value, int port) {
    ContainerState container = (ContainerState) value;
    TapSpec tapSpec = port == 0 ? Containers.tap(container) : Containers.tap(container, port);
    int mappedPort = container.getMappedPort(port == 0 ? container.getExposedPorts().get(0) : port);
    return new UpstreamRef(new InetSocketAddress(container.getHost(), mappedPort), () -> tapSpec);
  }
}

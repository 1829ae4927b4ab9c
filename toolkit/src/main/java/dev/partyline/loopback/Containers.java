package dev.partyline.loopback;

import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.ContainerState;

/**
 * Taps in front of containers, and access to the test for programs in containers. It needs {@code
 * org.testcontainers:testcontainers}, which does not come with Partyline.
 *
 * <p>Docker may run on another machine: the recording and the weather stay with the test.
 */
public final class Containers {
  private static final String HOST_NAME = "host.testcontainers.internal";

  private Containers() {}

  /**
   * Returns the spec of a tap in front of a port of a running container.
   *
   * <pre>{@code
   * try (Tap tap = Containers.tap(redis, 6379).start()) {
   *   new RedisClient(tap.host(), tap.port()).ping();
   *   assertThat(tap).client().sentLine("PING");
   * }
   * }</pre>
   *
   * @param container a running container
   * @param port the port inside, one of those that it exposes
   * @throws IllegalArgumentException if the container is not running, or has not exposed the port
   */
  @SuppressWarnings("exports") // a caller with a container reads its module
  public static TapSpec tap(ContainerState container, int port) {
    if (!container.isRunning()) {
      throw new IllegalArgumentException(
          "container (" + container + ") must be running: its ports are mapped when it starts");
    }
    return Tap.to(container.getHost(), container.getMappedPort(port));
  }

  /**
   * Returns the spec of a tap in front of the only port that a running container exposes.
   *
   * @throws IllegalArgumentException if the container is not running, or exposes more or less
   */
  @SuppressWarnings("exports") // as above
  public static TapSpec tap(ContainerState container) {
    if (container.getExposedPorts().size() != 1) {
      throw new IllegalArgumentException(
          "container ("
              + container
              + ") must expose exactly one port if none is given, but exposes "
              + container.getExposedPorts());
    }
    return tap(container, container.getExposedPorts().get(0));
  }

  /**
   * Lets containers that start from now on reach a tap, by Testcontainers' {@code exposeHostPorts}.
   *
   * <pre>{@code
   * try (Tap tap = Tap.to(server).start()) {
   *   InetSocketAddress address = Containers.expose(tap);
   *   program.withEnv("SERVER", address.getHostString() + ":" + address.getPort()).start();
   * }
   * }</pre>
   *
   * @return its host name and port as programs in containers see them, unresolved
   * @throws IllegalArgumentException if it is not over TCP
   */
  public static InetSocketAddress expose(Tap tap) {
    return expose(tap, tap.transport(), tap.address());
  }

  /**
   * Lets containers that start from now on reach a listener, like {@link #expose(Tap)}.
   *
   * @throws IllegalArgumentException if it is not over TCP
   */
  public static InetSocketAddress expose(Listener listener) {
    return expose(listener, listener.transport(), listener.address());
  }

  private static InetSocketAddress expose(
      Object endpoint, Transport transport, SocketAddress address) {
    if (transport != Transport.TCP) {
      throw new IllegalArgumentException(
          endpoint + " must be over TCP: containers cannot reach another transport");
    }
    int port = ((InetSocketAddress) address).getPort();
    Testcontainers.exposeHostPorts(port);
    return InetSocketAddress.createUnresolved(HOST_NAME, port);
  }
}

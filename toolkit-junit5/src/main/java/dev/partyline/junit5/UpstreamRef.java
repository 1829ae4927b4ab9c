package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.ClientSpec;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.PortLease;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code to} stands for.
 *
 * @param address where it is
 * @param tapping gives a tap in front of it
 */
record UpstreamRef(SocketAddress address, Supplier<TapSpec> tapping) {
  private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[(.+)]|([^:]+)):(\\d{1,9})");

  ClientSpec client() {
    return Client.to(address);
  }

  TapSpec tapped() {
    return tapping.get();
  }

  /** Returns the server of that name, or at that host and port. */
  static UpstreamRef named(
      String to,
      int containerPort,
      InjectionPoint element,
      MemberLookup members,
      TestEndpoints cast) {
    Matcher parts = HOST_AND_PORT.matcher(to);
    if (parts.matches()) {
      String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      return at(new InetSocketAddress(host, Integer.parseInt(parts.group(3))));
    }
    Optional<UpstreamRef> ahead =
        element.isParameter()
            ? cast.inParameter(to).flatMap(value -> of(value, containerPort))
            : Optional.empty();
    return ahead.orElseGet(
        () ->
            members.value(
                element,
                "to",
                to,
                "a Listener, a Tap, a SocketAddress, a port, a PortLease, a Path, a MockWebServer or"
                    + " a container",
                value -> of(value, containerPort)));
  }

  private static UpstreamRef at(SocketAddress address) {
    return new UpstreamRef(address, () -> Tap.to(address));
  }

  private static Optional<UpstreamRef> of(Object value, int containerPort) {
    if (value instanceof Listener listener) {
      return Optional.of(new UpstreamRef(listener.address(), () -> Tap.to(listener)));
    }
    if (value instanceof Tap tap) {
      return Optional.of(at(tap.address()));
    }
    if (value instanceof SocketAddress address) {
      return Optional.of(at(address));
    }
    if (value instanceof Integer port) {
      return Optional.of(at(new InetSocketAddress("127.0.0.1", port)));
    }
    if (value instanceof PortLease lease) {
      return Optional.of(at(lease.address()));
    }
    if (value instanceof Path path) {
      return Optional.of(at(UnixDomainSocketAddress.of(path)));
    }
    if (isA("mockwebserver3.MockWebServer", value)) {
      return Optional.of(MockWebServerUpstream.of(value));
    }
    if (isA("org.testcontainers.containers.ContainerState", value)) {
      return Optional.of(ContainerUpstream.of(value, containerPort));
    }
    return Optional.empty();
  }

  /** Looks at names alone, for the class that is named may not be there. */
  private static boolean isA(String name, Object value) {
    return Stream.<Class<?>>iterate(value.getClass(), Objects::nonNull, Class::getSuperclass)
        .flatMap(type -> Stream.concat(Stream.of(type), interfaces(type)))
        .anyMatch(type -> type.getName().equals(name));
  }

  private static Stream<Class<?>> interfaces(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
        .flatMap(each -> Stream.concat(Stream.of(each), interfaces(each)));
  }
}

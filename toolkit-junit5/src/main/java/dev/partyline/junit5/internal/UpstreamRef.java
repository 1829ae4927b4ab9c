package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.MemberLookup;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.ClientSpec;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.ports.PortLease;
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
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The server that {@code to} refers to.
 *
 * @param address its address
 * @param tapSpecSupplier makes a tap in front of it
 */
public record UpstreamRef(SocketAddress address, Supplier<TapSpec> tapSpecSupplier) {
  private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[(.+)]|([^:]+)):(\\d{1,9})");

  public ClientSpec clientSpec() {
    return Client.to(address);
  }

  public TapSpec tapSpec() {
    return tapSpecSupplier.get();
  }

  /** Returns the server of a name, or at a host and port. */
  public static UpstreamRef resolve(
      String reference,
      int containerPort,
      InjectionPoint injectionPoint,
      MemberLookup members,
      TestEndpoints endpoints) {
    Matcher matcher = HOST_AND_PORT.matcher(reference);
    if (matcher.matches()) {
      String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      return ofAddress(new InetSocketAddress(host, Integer.parseInt(matcher.group(3))));
    }
    Optional<UpstreamRef> parameter =
        injectionPoint.isParameter()
            ? endpoints.parameterValue(reference).flatMap(value -> of(value, containerPort))
            : Optional.empty();
    if (parameter.isPresent()) {
      return parameter.get();
    }
    try {
      return members.value(
          injectionPoint,
          "to",
          reference,
          "a Listener, a Tap, a SocketAddress, a port, a PortLease, a Path, a MockWebServer or a"
              + " container",
          value -> of(value, containerPort));
    } catch (ExtensionConfigurationException e) {
      throw endpoints.parameterValue(reference).isPresent()
          ? injectionPoint.configurationError(
              "has to = \""
                  + reference
                  + "\", which is a parameter: only a parameter can refer to"
                  + " it, so make that a field, or this a parameter",
              e)
          : e;
    }
  }

  private static UpstreamRef ofAddress(SocketAddress address) {
    return new UpstreamRef(address, () -> Tap.to(address));
  }

  private static Optional<UpstreamRef> of(Object value, int containerPort) {
    if (value instanceof Listener listener) {
      return Optional.of(new UpstreamRef(listener.address(), () -> Tap.to(listener)));
    }
    if (value instanceof Tap tap) {
      return Optional.of(ofAddress(tap.address()));
    }
    if (value instanceof SocketAddress address) {
      return Optional.of(ofAddress(address));
    }
    if (value instanceof Integer port) {
      return Optional.of(ofAddress(new InetSocketAddress("127.0.0.1", port)));
    }
    if (value instanceof PortLease lease) {
      return Optional.of(ofAddress(lease.address()));
    }
    if (value instanceof Path path) {
      return Optional.of(ofAddress(UnixDomainSocketAddress.of(path)));
    }
    if (isA("mockwebserver3.MockWebServer", value)) {
      return Optional.of(MockWebServerUpstream.of(value));
    }
    if (isA("org.testcontainers.containers.ContainerState", value)) {
      return Optional.of(ContainerUpstream.of(value, containerPort));
    }
    return Optional.empty();
  }

  /** Compares names only, because the named class may not exist. */
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

package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BindFailedException;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.text.IpText;
import dev.partyline.ports.Ports;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why an address could not be bound, and what can be done: who has it, or what forbids it. */
final class BindDiagnosis {
  private static final int MIN_UNPRIVILEGED_PORT = 1_024;

  private BindDiagnosis() {}

  /** Returns the exception for users. */
  static LoopbackException explain(BindFailedException e) {
    String location = Addresses.literal(e.transport(), e.address());
    return new LoopbackException(
        "cannot listen on " + location + ": " + of(e.transport(), e.address(), e.reason()),
        e.getCause());
  }

  /** Returns the message of the system, and what there is to say about it. */
  static String of(Transport transport, SocketAddress address, Exception reason) {
    String message = String.valueOf(reason.getMessage()) + SocketError.advice(reason);
    if (address instanceof UnixDomainSocketAddress unix) {
      return message + pathDiagnosis(unix.getPath());
    }
    if (!(address instanceof InetSocketAddress inet)) {
      return message;
    }
    return switch (SocketError.of(reason)) {
      case ADDRESS_IN_USE -> message + inUse(transport, inet.getPort());
      case PERMISSION_DENIED -> message + permissionDenied(inet.getPort());
      case ADDRESS_NOT_AVAILABLE ->
          message + "; " + IpText.print(inet.getAddress()) + " is not an address of this machine";
      default -> message;
    };
  }

  private static String inUse(Transport transport, int port) {
    return port == 0
        ? "; no port is left of those that the system gives out (in Linux"
            + " net.ipv4.ip_local_port_range): close what has them, or name a port"
        : "; leave the port out to get a free one. Who has it now:\n"
            + Ports.whoHas(port, transport);
  }

  private static String permissionDenied(int port) {
    return port < MIN_UNPRIVILEGED_PORT
        ? "; ports below 1024 need a privilege: leave the port out to get a free one"
        : "; the system keeps port "
            + port
            + " from all programs, as Windows does with those that `netsh int ipv4 show"
            + " excludedportrange tcp` lists: leave the port out to get a free one";
  }

  private static String pathDiagnosis(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    if (Files.exists(path)) {
      return "; the path exists already: delete it or choose another";
    }
    if (directory != null && !Files.isDirectory(directory)) {
      return "; there is no directory " + directory;
    }
    return directory != null && !Files.isWritable(directory) ? "; may not write there" : "";
  }
}

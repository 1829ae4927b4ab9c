package dev.partyline.junit5.internal.leaks;

import dev.partyline.junit5.internal.ManagedResource;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.ports.OpenResource;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Side;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names the endpoints of the toolkit that are, or were, at the other end of a socket. */
final class PeerNames {
  private final Map<Recorded, String> names = new LinkedHashMap<>();

  /** Knows the endpoints of scopes, and those that a test opened itself and that are still open. */
  PeerNames(Collection<LeakScope> scopes) {
    for (LeakScope scope : scopes) {
      for (ManagedResource resource : scope.resources()) {
        names.put(resource.endpoint(), resource.label());
      }
    }
    for (OpenResource each : OpenResource.snapshot()) {
      if (each.owner() instanceof Recorded endpoint) {
        names.putIfAbsent(endpoint, String.valueOf(endpoint));
      }
    }
  }

  /** Returns lines about the other end of a socket, and about its state. */
  List<String> describe(@Nullable ConnectionRow row) {
    List<String> messages = new ArrayList<>();
    names.forEach(
        (endpoint, name) -> {
          for (Conversation each : endpoint.recording().conversations()) {
            String description =
                row == null ? describeReset(each) : describeEnd(endpoint, each, row);
            if (!description.isEmpty()) {
              messages.add(description + " " + name + ", connection " + each.number());
            }
          }
        });
    if (row != null && !row.explanation().isEmpty()) {
      messages.add(row.explanation());
    }
    return messages;
  }

  /** The kernel has no address after an RST, but the recording knows which side was reset. */
  private static String describeReset(Conversation each) {
    boolean wasReset = each.resetBy().filter(Side.SERVER::equals).isPresent();
    return wasReset ? "perhaps what was reset as the client of your" : "";
  }

  private static String describeEnd(Recorded endpoint, Conversation each, ConnectionRow row) {
    InetSocketAddress local = row.local();
    InetSocketAddress remote = row.remote();
    if (local == null || remote == null || row.transport() != each.transport()) {
      return "";
    }
    int clientPort = port(each.address(Side.CLIENT));
    int serverPort = port(each.address(Side.SERVER));
    if (endpoint instanceof Client) {
      boolean isServerEnd = local.getPort() == serverPort && remote.getPort() == clientPort;
      return isServerEnd ? "the server's end of your" : "";
    }
    SocketAddress address =
        endpoint instanceof Tap tap ? tap.address() : ((Listener) endpoint).address();
    boolean isClientEnd =
        local.getPort() == clientPort
            && address instanceof InetSocketAddress inetAddress
            && remote.getPort() == inetAddress.getPort();
    return isClientEnd ? "the client of your" : "";
  }

  /** Returns the port of a literal address; -1 if it has none. */
  private static int port(String address) {
    String digits = address.substring(address.lastIndexOf(':') + 1);
    return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
  }
}

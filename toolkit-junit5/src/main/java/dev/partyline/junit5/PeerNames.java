package dev.partyline.junit5;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.OpenResource;
import dev.partyline.loopback.Tap;
import dev.partyline.watch.ConnectionRow;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Side;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who of the toolkit is, or was, at the other end of a socket. */
final class PeerNames {
  private final Map<Recorded, String> names = new LinkedHashMap<>();

  /** Knows those who act in a scope, and those who were opened by hand and are open still. */
  PeerNames(LeakScope scope) {
    for (ManagedResource role : scope.roles()) {
      names.put(role.owner(), kind(role.owner()) + " `" + role.element().name() + "`");
    }
    for (OpenResource each : OpenResource.now()) {
      if (each.owner() instanceof Recorded owner) {
        names.putIfAbsent(owner, String.valueOf(owner));
      }
    }
  }

  private static String kind(Recorded owner) {
    return owner instanceof Listener ? "listener" : owner instanceof Tap ? "tap" : "client";
  }

  /** Returns what there is to say of a socket's other end, and of what goes on there. */
  List<String> of(@Nullable ConnectionRow row) {
    List<String> facts = new ArrayList<>();
    names.forEach(
        (owner, name) -> {
          for (Conversation each : owner.recording().conversations()) {
            String fact = row == null ? perhaps(each) : fact(owner, each, row);
            if (!fact.isEmpty()) {
              facts.add(fact + " " + name + ", connection " + each.number());
            }
          }
        });
    if (row != null && !row.explain().isEmpty()) {
      facts.add(row.explain());
    }
    return facts;
  }

  /** The kernel tells no address after an RST, but the recording knows who was reset. */
  private static String perhaps(Conversation each) {
    boolean hasReset = each.resetBy().filter(Side.SERVER::equals).isPresent();
    return hasReset ? "perhaps what was reset as the client of your" : "";
  }

  private static String fact(Recorded owner, Conversation each, ConnectionRow row) {
    InetSocketAddress local = row.local();
    InetSocketAddress remote = row.remote();
    if (local == null || remote == null || row.transport() != each.transport()) {
      return "";
    }
    int client = port(each.address(Side.CLIENT));
    int server = port(each.address(Side.SERVER));
    if (owner instanceof Client) {
      boolean served = local.getPort() == server && remote.getPort() == client;
      return served ? "the server's end of your" : "";
    }
    SocketAddress address = owner instanceof Tap tap ? tap.address() : ((Listener) owner).address();
    boolean calling =
        local.getPort() == client
            && address instanceof InetSocketAddress there
            && remote.getPort() == there.getPort();
    return calling ? "the client of your" : "";
  }

  /** Returns the port of a literal address; -1 if it has none. */
  private static int port(String address) {
    String digits = address.substring(address.lastIndexOf(':') + 1);
    return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
  }
}

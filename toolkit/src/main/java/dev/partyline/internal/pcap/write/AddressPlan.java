package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses the frames of each conversation have: those that were recorded, or addresses that
 * are kept for documentation (RFC 5737, RFC 3849) where there are none, or where two conversations
 * would be read as one.
 */
final class AddressPlan {
  private static final int FIRST_DYNAMIC_PORT = 49_152;
  private static final int DYNAMIC_PORTS = 65_536 - FIRST_DYNAMIC_PORT;
  private static final int HOSTS_OF_SIDE = 127;
  private static final Bytes IPV4_PREFIX = Bytes.hex("c00002");
  private static final Bytes IPV6_PREFIX = Bytes.hex("20010db8 00000000 00000000 000000");

  /** The addresses of Unix domain sockets, by their paths. */
  private final Map<String, FrameAddress> unixServers = new HashMap<>();

  private final Set<AddressPair> used = new HashSet<>();

  /**
   * The addresses of one conversation.
   *
   * @param addresses the addresses
   * @param remarks what is to be said of them, if they are not those that were recorded
   */
  record Plan(AddressPair addresses, List<String> remarks) {}

  /** Chooses the addresses of a conversation that begins. */
  Plan open(Conversation conversation) {
    Plan plan = conversation.transport() == Transport.UNIX ? unix(conversation) : ip(conversation);
    AddressPair addresses = plan.addresses();
    if (conversation.transport().isStream() && !used.add(addresses)) {
      return withFreeClient(conversation.number(), plan);
    }
    return plan;
  }

  /** Tells that a conversation has ended, so that the next one may have its addresses. */
  void close(AddressPair addresses) {
    used.remove(addresses);
  }

  private Plan withFreeClient(int number, Plan plan) {
    AddressPair addresses = plan.addresses();
    AddressPair free = addresses;
    for (int candidate = number; !used.add(free); candidate++) {
      FrameAddress client = substitute(Side.CLIENT, candidate, addresses.isIpv6());
      free = new AddressPair(client, addresses.server());
    }
    List<String> remarks = new ArrayList<>(plan.remarks());
    remarks.add(
        addresses.client()
            + " is written as "
            + free.client()
            + ", because another connection has the same addresses at the same time");
    return new Plan(free, List.copyOf(remarks));
  }

  private Plan unix(Conversation conversation) {
    String path = conversation.address(Side.SERVER);
    FrameAddress client = substitute(Side.CLIENT, conversation.number(), false);
    FrameAddress server =
        unixServers.computeIfAbsent(
            path, any -> documentation(Side.SERVER, unixServers.size(), false));
    return new Plan(
        new AddressPair(client, server),
        List.of("a Unix domain socket, written as TCP: " + path + " is written as " + server));
  }

  private static Plan ip(Conversation conversation) {
    FrameAddress client = FrameAddress.parse(conversation.address(Side.CLIENT));
    FrameAddress server = FrameAddress.parse(conversation.address(Side.SERVER));
    boolean isIpv6 = isIpv6(client) || isIpv6(server);
    List<String> remarks = new ArrayList<>();
    FrameAddress knownClient = known(conversation, Side.CLIENT, client, isIpv6, remarks);
    FrameAddress knownServer = known(conversation, Side.SERVER, server, isIpv6, remarks);
    return new Plan(new AddressPair(knownClient, knownServer), List.copyOf(remarks));
  }

  private static boolean isIpv6(@Nullable FrameAddress address) {
    return address != null && address.isIpv6();
  }

  private static FrameAddress known(
      Conversation conversation,
      Side side,
      @Nullable FrameAddress address,
      boolean isIpv6,
      List<String> remarks) {
    if (address != null) {
      return isIpv6 ? address.toIpv6() : address;
    }
    FrameAddress substitute = substitute(side, conversation.number(), isIpv6);
    String text = conversation.address(side);
    int port = FrameAddress.port(text.substring(text.lastIndexOf(':') + 1));
    FrameAddress result = port < 0 ? substitute : new FrameAddress(substitute.ip(), port);
    remarks.add(
        (text.equals("?") ? "the " + side + ", whose address is not known," : text)
            + " is written as "
            + result);
    return result;
  }

  /** Returns an address of a client that no other conversation has, or one of a server. */
  private static FrameAddress substitute(Side side, int number, boolean isIpv6) {
    return documentation(side, side == Side.CLIENT ? number - 1 : 0, isIpv6);
  }

  private static FrameAddress documentation(Side side, int ordinal, boolean isIpv6) {
    int host = ordinal / DYNAMIC_PORTS % HOSTS_OF_SIDE;
    return new FrameAddress(
        documentationIp(side, host, isIpv6), FIRST_DYNAMIC_PORT + ordinal % DYNAMIC_PORTS);
  }

  /** Returns the address of a host of a side; those of the other side lie between them. */
  private static Bytes documentationIp(Side side, int host, boolean isIpv6) {
    int lastByte = 1 + side.ordinal() + 2 * host;
    return (isIpv6 ? IPV6_PREFIX : IPV4_PREFIX).plus(Bytes.of((byte) lastByte));
  }

  /** Returns the IP address that stands for a recorded address, whatever the port. */
  static Bytes ip(String address) {
    FrameAddress parsed = FrameAddress.parse(address);
    return parsed == null ? documentationIp(Side.SERVER, 0, false) : parsed.ip();
  }
}

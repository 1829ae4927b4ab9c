package dev.partyline.internal.pcap.streams;

import dev.partyline.filter.Filter;
import dev.partyline.filter.Flow;
import dev.partyline.internal.text.HostAndPort;
import dev.partyline.internal.text.IpText;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The conversations of a capture by their addresses and ports. */
final class CapturedConversations {
  /** Beyond it, the conversation ends of which nothing has been captured for the longest time. */
  private static final int MAX_FOLLOWED = 32_768;

  private final Recorder recorder;
  private final CaptureClock clock;
  private final Filter filter;
  private final HeldBytes heldBytes = new HeldBytes();
  private long farCount;

  /** In the order of their last packets. */
  private final Map<FlowKey, CapturedConversation> conversations =
      new LinkedHashMap<>(16, 0.75f, true);

  CapturedConversations(Recorder recorder, CaptureClock clock, Filter filter) {
    this.recorder = recorder;
    this.clock = clock;
    this.filter = filter;
  }

  /** Passes a packet to its conversation; the clock has its time. */
  void onPacket(
      IpPacket packet, TransportSegment segment, List<String> comments, Map<String, String> names) {
    FlowKey key = FlowKey.of(packet, segment);
    boolean fromLower = FlowKey.isFromLower(packet, segment);
    CapturedConversation conversation = conversations.get(key);
    if (conversation != null && conversation.isReusedBy(segment, fromLower)) {
      long nanos = clock.nanos();
      conversation.onEnd();
      clock.set(nanos);
      conversation = null;
    }
    if (conversation == null) {
      conversation = open(key, segment, fromLower, names);
      conversations.put(key, conversation);
      endEldest();
    }
    comments.forEach(conversation::onNote);
    conversation.onSegment(segment, fromLower);
  }

  private void endEldest() {
    if (conversations.size() > MAX_FOLLOWED) {
      Iterator<CapturedConversation> eldest = conversations.values().iterator();
      long nanos = clock.nanos();
      eldest.next().onEnd();
      eldest.remove();
      clock.set(nanos);
    }
  }

  private CapturedConversation open(
      FlowKey key, TransportSegment segment, boolean fromLower, Map<String, String> names) {
    Transport transport = key.protocol() == IpPacket.TCP ? Transport.TCP : Transport.UDP;
    boolean clientSent = transport == Transport.UDP || isFromClient(segment);
    boolean clientIsLower = clientSent == fromLower;
    InetSocketAddress lower = address(key.lowerAddress(), key.lowerPort());
    InetSocketAddress upper = address(key.upperAddress(), key.upperPort());
    // A filter picks packets, those of either direction.
    if (!filter.matches(new Flow(transport, lower, upper, null, -1))
        && !filter.matches(new Flow(transport, upper, lower, null, -1))) {
      return CapturedConversation.UNWANTED;
    }
    InetSocketAddress client = clientIsLower ? lower : upper;
    InetSocketAddress server = clientIsLower ? upper : lower;
    ConversationRecorder conversation =
        recorder.open(transport, HostAndPort.print(client), HostAndPort.print(server));
    Stream.of(client, server)
        .map(end -> IpText.print(end.getAddress()))
        .distinct()
        .filter(names::containsKey)
        .forEach(ip -> conversation.recordNote(ip + " is " + names.get(ip)));
    if (transport == Transport.UDP) {
      return new UdpConversation(conversation, clock, clientIsLower);
    }
    if (!segment.isSyn()) {
      conversation.recordNote("the capture begins after the start of this connection");
    }
    return new TcpConnection(
        conversation, clock, heldBytes, () -> farCount++, clientIsLower, segment.isSyn());
  }

  /**
   * Returns whether the client has sent a segment: by its SYN, or else by the ports, because those
   * of servers are lower than those that systems lend to clients.
   */
  private static boolean isFromClient(TransportSegment segment) {
    return segment.isSyn() ? !segment.isAck() : segment.sourcePort() >= segment.destinationPort();
  }

  private static InetSocketAddress address(byte[] address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** Returns how many segments were too far away from the others of their connections. */
  long farCount() {
    return farCount;
  }

  /** Called at the end of the capture. */
  void onEnd() {
    conversations.values().forEach(CapturedConversation::onEnd);
    conversations.clear();
  }
}

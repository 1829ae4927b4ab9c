package dev.partyline.view;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The line that tcpdump prints for a packet, with the sequence numbers that a conversation has
 * reached.
 */
final class PacketLine {
  private final Conversation conversation;
  private final long startNanos;
  private long clientBytes;
  private long serverBytes;

  PacketLine(Conversation conversation, long startNanos) {
    this.conversation = conversation;
    this.startNanos = startNanos;
  }

  void advance(Event event) {
    long bytes =
        event instanceof Event.Sent sent
            ? sent.bytes().size()
            : event instanceof Event.Dropped dropped ? dropped.byteCount() : 0;
    clientBytes += event.side() == Side.CLIENT ? bytes : 0;
    serverBytes += event.side() == Side.SERVER ? bytes : 0;
  }

  String text(Event event, Transport transport) {
    Side side = event.side();
    return time(startNanos + event.nanos())
        + " "
        + network(transport)
        + address(side)
        + " > "
        + address(side.peer())
        + ": "
        + describe(event, transport);
  }

  private String describe(Event event, Transport transport) {
    int length = event instanceof Event.Sent sent ? sent.bytes().size() : 0;
    if (transport == Transport.UDP && event instanceof Event.Sent) {
      return "UDP, length " + length;
    }
    // The SYN, which is not recorded, is number 0.
    long seq = 1 + (event.side() == Side.CLIENT ? clientBytes : serverBytes);
    long ack = 1 + (event.side() == Side.CLIENT ? serverBytes : clientBytes);
    if (event instanceof Event.Sent) {
      return "Flags [P.], seq "
          + seq
          + ":"
          + (seq + length)
          + ", ack "
          + ack
          + ", length "
          + length;
    }
    return event instanceof Event.Fin
        ? "Flags [F.], seq " + seq + ", ack " + ack + ", length 0"
        : "Flags [R], seq " + seq + ", length 0";
  }

  private String network(Transport transport) {
    if (transport == Transport.UNIX) {
      return "unix ";
    }
    return conversation.address(Side.SERVER).startsWith("[") ? "IP6 " : "IP ";
  }

  /** Returns the address as tcpdump writes it: the port after a dot. */
  private String address(Side side) {
    String address = conversation.address(side);
    HostAndPort parsed =
        conversation.transport() == Transport.UNIX ? null : HostAndPort.parse(address);
    return Bytes.utf8(parsed == null ? address : parsed.host() + "." + parsed.port()).escaped();
  }

  private static String time(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%06d",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        nanos / 1000 % 1_000_000);
  }
}

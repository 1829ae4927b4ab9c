package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds where messages begin and end. */
final class DnsMessages {
  private static final int LENGTH = 2;

  private final ViewBuilder<Dns.Message> found;
  private final List<Gap> gaps;
  private final Map<Side, Long> sent = new EnumMap<>(Side.class);

  private DnsMessages(ViewBuilder<Dns.Message> found, List<Gap> gaps) {
    this.found = found;
    this.gaps = gaps;
  }

  /** Reads messages with their length ahead (RFC 1035, 4.2.2). */
  static void ofStream(Scroll scroll, ViewBuilder<Dns.Message> found) {
    while (scroll.all() > 0) {
      if (scroll.left() < LENGTH) {
        found.add(scroll.missing("the length of a message has " + scroll.left() + " of 2 bytes"));
        return;
      }
      int length = (int) scroll.number(0, LENGTH);
      if (scroll.left() < LENGTH + length) {
        String kept = (scroll.left() - LENGTH) + " of its " + length + " bytes";
        found.add(scroll.missing("a message has " + kept));
        return;
      }
      long from = scroll.at() + LENGTH;
      Bytes bytes = scroll.passage(LENGTH + length, LENGTH);
      DnsReader reader = DnsReader.of(scroll.side(), from, bytes);
      reader.message().ifPresent(message -> found.add(scroll.side(), scroll.at(), message));
      reader.flaw(Flaw.Kind.MALFORMED).ifPresent(found::add);
    }
  }

  static void ofDatagrams(Conversation conversation, ViewBuilder<Dns.Message> found) {
    conversation.forEachEvent(new DnsMessages(found, conversation.gaps())::event);
  }

  private void event(Event event) {
    long from = sent.getOrDefault(event.side(), 0L);
    if (event instanceof Event.Dropped dropped) {
      found.incomplete(event.side(), from, dropped.bytes() + " bytes of messages were not kept");
      sent.put(event.side(), from + dropped.bytes());
    } else if (event instanceof Event.Sent datagram) {
      long to = from + datagram.bytes().size();
      DnsReader reader = DnsReader.of(event.side(), from, datagram.bytes());
      reader.message().ifPresent(message -> found.addNext(event.side(), message));
      reader
          .flaw(isCut(event.side(), from, to) ? Flaw.Kind.INCOMPLETE : Flaw.Kind.MALFORMED)
          .ifPresent(found::add);
      sent.put(event.side(), to);
    }
  }

  /** Whether a part of the datagram may be in what was not kept. */
  private boolean isCut(Side side, long from, long to) {
    return gaps.stream()
        .anyMatch(gap -> gap.side() == side && (gap.end() == from || gap.offset() == to));
  }
}

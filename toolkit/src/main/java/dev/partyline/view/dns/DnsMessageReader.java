package dev.partyline.view.dns;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds where messages begin and end. */
final class DnsMessageReader {
  private static final int LENGTH_BYTES = 2;

  private final ViewBuilder<DnsMessage> builder;
  private final List<Gap> gaps;
  private final Map<Side, Long> offsets = new EnumMap<>(Side.class);

  private DnsMessageReader(ViewBuilder<DnsMessage> builder, List<Gap> gaps) {
    this.builder = builder;
    this.gaps = gaps;
  }

  /** Reads messages after their length (RFC 1035, 4.2.2). */
  static void readStream(SideReader input, ViewBuilder<DnsMessage> builder) {
    while (input.remaining() > 0) {
      if (input.available() < LENGTH_BYTES) {
        builder.add(
            input.missing("the length of a message has " + input.available() + " of 2 bytes"));
        return;
      }
      int length = (int) input.peekNumber(0, LENGTH_BYTES);
      if (input.available() < LENGTH_BYTES + length) {
        String available = (input.available() - LENGTH_BYTES) + " of its " + length + " bytes";
        builder.add(input.missing("a message has " + available));
        return;
      }
      long offset = input.offset() + LENGTH_BYTES;
      Bytes bytes = input.readPayload(LENGTH_BYTES + length, LENGTH_BYTES);
      DnsReader reader = DnsReader.of(input.side(), offset, bytes);
      reader.message().ifPresent(message -> builder.add(input.side(), input.offset(), message));
      reader.flaw(Flaw.Kind.MALFORMED).ifPresent(builder::add);
    }
  }

  static void readDatagrams(Conversation conversation, ViewBuilder<DnsMessage> builder) {
    conversation.forEachEvent(new DnsMessageReader(builder, conversation.gaps())::onEvent);
  }

  private void onEvent(Event event) {
    long offset = offsets.getOrDefault(event.side(), 0L);
    if (event instanceof Event.Dropped dropped) {
      builder
          .flaws(event.side())
          .addIncomplete(offset, dropped.byteCount() + " bytes of messages were not kept");
      offsets.put(event.side(), offset + dropped.byteCount());
    } else if (event instanceof Event.Sent datagram) {
      long endOffset = offset + datagram.bytes().size();
      DnsReader reader = DnsReader.of(event.side(), offset, datagram.bytes());
      reader.message().ifPresent(message -> builder.addNext(event.side(), message));
      reader
          .flaw(
              isTruncated(event.side(), offset, endOffset)
                  ? Flaw.Kind.INCOMPLETE
                  : Flaw.Kind.MALFORMED)
          .ifPresent(builder::add);
      offsets.put(event.side(), endOffset);
    }
  }

  /** Whether a part of the datagram may be among the bytes that were not kept. */
  private boolean isTruncated(Side side, long offset, long endOffset) {
    return gaps.stream()
        .anyMatch(
            gap -> gap.side() == side && (gap.endOffset() == offset || gap.offset() == endOffset));
  }
}

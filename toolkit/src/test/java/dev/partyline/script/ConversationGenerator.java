package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates what two sides could have said: text, other bytes, empty chunks, and how they ended.
 */
final class ConversationGenerator {
  private static final List<String> LINES =
      List.of(
          "EHLO me\r\n",
          "250 OK\r\n",
          "lf\n",
          "no end",
          "\r\n",
          "\n",
          "...\r\n",
          "${x}\r\n",
          "tail \r\n",
          "\\\r\n",
          "caf\u00e9 \ud83d\ude00\r\n",
          "\u202e\u200f marks of direction, a long line\r\n",
          "a\u0000b and some more, so that a tenth is enough\r\n",
          "[+1.000000000] x\r\n",
          "# x\r\n",
          "\r");

  private static final List<String> REMARKS =
      List.of(
          "",
          " ",
          "reset hit at byte 512 ",
          "two\nC: lines",
          "\r\nS! reset",
          "\u2028C: x\u0085C: y\u000bC: z",
          "\u202emirrored \u001b[2J",
          "half \ud83d",
          "${x} \\");

  private ConversationGenerator() {}

  static Conversation any(Choices dice) {
    List<Event> events = new ArrayList<>();
    Set<Side> ended = EnumSet.noneOf(Side.class);
    long nanos = 0;
    int size = dice.roll(12);
    for (int i = 0; i < size && ended.size() < 2; i++) {
      nanos +=
          dice.oneIn(3) ? (long) dice.roll(2_000_000_000) * dice.roll(2_000) : dice.roll(1_000);
      Side side = dice.oneIn(2) ? Side.SERVER : Side.CLIENT;
      if (ended.contains(side)) {
        side = side.peer();
      }
      switch (dice.roll(10)) {
        case 6 -> {
          if (ended.isEmpty() && events.stream().noneMatch(Event.StartTls.class::isInstance)) {
            events.add(new Event.StartTls(nanos));
          }
        }
        case 7 -> {
          events.add(new Event.Finished(side, nanos));
          ended.add(side);
        }
        case 8 -> {
          events.add(new Event.Reset(side, nanos));
          return Conversation.of(events);
        }
        default -> events.add(new Event.Sent(side, nanos, chunk(dice)));
      }
    }
    return Conversation.of(events);
  }

  /** Returns a conversation with remarks and causes, of which some bytes may have been dropped. */
  static Conversation remarked(Choices dice) {
    AtomicLong clock = new AtomicLong();
    RecordingPolicy keep =
        dice.oneIn(3)
            ? RecordingPolicy.headAndTail(dice.roll(20), dice.roll(20))
            : RecordingPolicy.everything();
    ConversationRecorder track =
        new Recorder(clock::get, keep).open(Transport.TCP, dice.pick(REMARKS), "b");
    List<Event> events = any(dice).events();
    for (Event event : events) {
      if (dice.oneIn(2)) {
        track.note(dice.pick(REMARKS));
      }
      clock.set(event.nanos());
      if (event instanceof Event.Sent sent) {
        track.sent(sent.side(), sent.bytes().toBuffer());
      } else if (event instanceof Event.StartTls) {
        track.startTls();
      } else if (event instanceof Event.Finished) {
        track.finished(
            event.side(), dice.pick(List.of(TerminationKind.values())), dice.pick(REMARKS));
      } else {
        track.reset(event.side(), dice.pick(List.of(TerminationKind.values())), dice.pick(REMARKS));
      }
    }
    if (dice.oneIn(2)) {
      track.note(dice.pick(REMARKS));
    }
    return track.snapshot();
  }

  private static Bytes chunk(Choices dice) {
    List<Bytes> parts = new ArrayList<>();
    int size = dice.roll(4);
    for (int i = 0; i < size; i++) {
      parts.add(dice.oneIn(4) ? dice.bytes(40) : Bytes.utf8(dice.pick(LINES)));
    }
    return Bytes.join(parts);
  }
}

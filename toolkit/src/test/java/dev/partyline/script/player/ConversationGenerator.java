package dev.partyline.script.player;

import dev.partyline.script.Choices;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates what two sides could have sent: text, other bytes, empty chunks, and how they ended.
 */
public final class ConversationGenerator {
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
          "\u202e\u200f bidirectional marks, a long line\r\n",
          "a\u0000b and some more, so that a tenth is enough\r\n",
          "[+1.000000000] x\r\n",
          "# x\r\n",
          "\r");

  private static final List<String> NOTES =
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

  public static Conversation generate(Choices choices) {
    List<Event> events = new ArrayList<>();
    Set<Side> endedSides = EnumSet.noneOf(Side.class);
    long nanos = 0;
    int size = choices.choose(12);
    for (int i = 0; i < size && endedSides.size() < 2; i++) {
      nanos +=
          choices.oneIn(3)
              ? (long) choices.choose(2_000_000_000) * choices.choose(2_000)
              : choices.choose(1_000);
      Side side = choices.oneIn(2) ? Side.SERVER : Side.CLIENT;
      if (endedSides.contains(side)) {
        side = side.peer();
      }
      switch (choices.choose(10)) {
        case 6 -> {
          if (endedSides.isEmpty()
              && events.stream().noneMatch(Event.TlsStarted.class::isInstance)) {
            events.add(new Event.TlsStarted(nanos));
          }
        }
        case 7 -> {
          events.add(new Event.Fin(side, nanos));
          endedSides.add(side);
        }
        case 8 -> {
          // A side may reset after its FIN, and the other end after that.
          Side resetter = choices.oneIn(3) ? side.peer() : side;
          events.add(new Event.Rst(resetter, nanos));
          endedSides.add(resetter);
          if (!endedSides.contains(resetter.peer()) && choices.oneIn(3)) {
            events.add(new Event.Fin(resetter.peer(), nanos));
          }
          return Conversation.of(events);
        }
        default -> events.add(new Event.Sent(side, nanos, chunk(choices)));
      }
    }
    return Conversation.of(events);
  }

  /** Returns a conversation with notes and causes; some of its bytes may have been dropped. */
  public static Conversation generateAnnotated(Choices choices) {
    AtomicLong clock = new AtomicLong();
    RecordingPolicy policy =
        choices.oneIn(3)
            ? RecordingPolicy.headAndTail(choices.choose(20), choices.choose(20))
            : RecordingPolicy.everything();
    ConversationRecorder recorder =
        new Recorder(clock::get, policy).open(Transport.TCP, choices.pick(NOTES), "b");
    List<Event> events = generate(choices).events();
    for (Event event : events) {
      if (choices.oneIn(2)) {
        recorder.recordNote(choices.pick(NOTES));
      }
      clock.set(event.nanos());
      if (event instanceof Event.Sent sent) {
        recorder.recordSent(sent.side(), sent.bytes().toBuffer());
      } else if (event instanceof Event.TlsStarted) {
        recorder.recordTlsStarted();
      } else if (event instanceof Event.Fin) {
        recorder.recordFin(
            event.side(), choices.pick(List.of(Termination.Kind.values())), choices.pick(NOTES));
      } else {
        recorder.recordRst(
            event.side(), choices.pick(List.of(Termination.Kind.values())), choices.pick(NOTES));
      }
    }
    if (choices.oneIn(2)) {
      recorder.recordNote(choices.pick(NOTES));
    }
    return recorder.snapshot();
  }

  private static Bytes chunk(Choices choices) {
    List<Bytes> parts = new ArrayList<>();
    int size = choices.choose(4);
    for (int i = 0; i < size; i++) {
      parts.add(choices.oneIn(4) ? choices.bytes(40) : Bytes.utf8(choices.pick(LINES)));
    }
    return Bytes.join(parts);
  }
}

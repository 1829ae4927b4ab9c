package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a transcript back as the events that they stand for. */
final class TranscriptReader {
  private final List<Event> events = new ArrayList<>();
  private final List<Bytes> chunk = new ArrayList<>();
  private @Nullable Side speaker;
  private long nanos;

  static Conversation conversation(Script script, List<Step> steps) {
    TranscriptReader reader = new TranscriptReader();
    for (Step step : steps) {
      if (step instanceof Step.Line line) {
        reader.line(script, line);
      } else if (step instanceof Step.Act act) {
        reader.act(script, act);
      } else if (step instanceof Step.StartTls start) {
        reader.startTls(start);
      } else if (step instanceof Step.Cut) {
        reader.flush();
      } else {
        throw script.wrong(step, "no part of a transcript; expected bytes, events and times");
      }
    }
    reader.flush();
    return Conversation.of(reader.events);
  }

  private void line(Script script, Step.Line line) {
    if (line.side() != speaker) {
      flush();
      speaker = line.side();
    }
    if (line.at() != null) {
      nanos = line.at().toNanos();
    }
    for (Part part : line.parts()) {
      if (part instanceof Part.Fixed fixed) {
        chunk.add(fixed.bytes());
      } else if (part instanceof Part.File file) {
        chunk.add(file.content());
      } else {
        throw script.wrong(line, "a placeholder in a transcript; expected the bytes themselves");
      }
    }
    chunk.add(line.end().bytes());
  }

  private void act(Script script, Step.Act act) {
    flush();
    if (act.at() != null) {
      nanos = act.at().toNanos();
    }
    switch (act.deed()) {
      case RESET -> events.add(new Event.Reset(act.side(), nanos));
      case STALL -> throw script.wrong(act, "a stall cannot be seen on the wire");
      default -> events.add(new Event.Finished(act.side(), nanos));
    }
  }

  private void startTls(Step.StartTls start) {
    flush();
    if (start.at() != null) {
      nanos = start.at().toNanos();
    }
    events.add(new Event.StartTls(nanos));
  }

  private void flush() {
    if (speaker != null) {
      events.add(new Event.Sent(speaker, nanos, Bytes.join(chunk)));
      chunk.clear();
      speaker = null;
    }
  }
}

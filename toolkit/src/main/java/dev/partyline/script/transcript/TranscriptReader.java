package dev.partyline.script.transcript;

import dev.partyline.script.Part;
import dev.partyline.script.Script;
import dev.partyline.script.Step;
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
  private @Nullable Side sender;
  private long nanos;

  static Conversation conversation(Script script, List<Step> steps) {
    TranscriptReader reader = new TranscriptReader();
    for (Step step : steps) {
      if (step instanceof Step.Line line) {
        reader.line(script, line);
      } else if (step instanceof Step.Control control) {
        reader.control(script, control);
      } else if (step instanceof Step.StartTls startTls) {
        reader.startTls(startTls);
      } else if (step instanceof Step.Cut) {
        reader.flush();
      } else {
        throw script.error(step, "no part of a transcript; expected bytes, events and times");
      }
    }
    reader.flush();
    return Conversation.of(reader.events);
  }

  private void line(Script script, Step.Line line) {
    if (line.side() != sender) {
      flush();
      sender = line.side();
    }
    if (line.timestamp() != null) {
      nanos = line.timestamp().toNanos();
    }
    for (Part part : line.parts()) {
      if (part instanceof Part.Fixed fixed) {
        chunk.add(fixed.bytes());
      } else if (part instanceof Part.File file) {
        chunk.add(file.content());
      } else {
        throw script.error(line, "a placeholder in a transcript; expected the bytes themselves");
      }
    }
    chunk.add(line.end().bytes());
  }

  private void control(Script script, Step.Control control) {
    flush();
    if (control.timestamp() != null) {
      nanos = control.timestamp().toNanos();
    }
    switch (control.kind()) {
      case RESET -> events.add(new Event.Rst(control.side(), nanos));
      case STALL -> throw script.error(control, "a stall cannot be seen on the wire");
      default -> events.add(new Event.Fin(control.side(), nanos));
    }
  }

  private void startTls(Step.StartTls startTls) {
    flush();
    if (startTls.timestamp() != null) {
      nanos = startTls.timestamp().toNanos();
    }
    events.add(new Event.TlsStarted(nanos));
  }

  private void flush() {
    if (sender != null) {
      events.add(new Event.Sent(sender, nanos, Bytes.join(chunk)));
      chunk.clear();
      sender = null;
    }
  }
}

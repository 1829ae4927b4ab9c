package dev.partyline.script.transcript;

import dev.partyline.script.Part;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.script.StepVisitor;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a transcript back as the events that they stand for. */
final class TranscriptReader implements StepVisitor {
  private final Script script;
  private final List<Event> events = new ArrayList<>();
  private final List<Bytes> chunk = new ArrayList<>();
  private @Nullable Side sender;
  private long nanos;

  private TranscriptReader(Script script) {
    this.script = script;
  }

  static Conversation conversation(Script script, List<Step> steps) {
    TranscriptReader reader = new TranscriptReader(script);
    steps.forEach(step -> step.accept(reader));
    reader.flush();
    return Conversation.of(reader.events);
  }

  @Override
  public void visit(Step.Line line) {
    if (line.side() != sender) {
      flush();
      sender = line.side();
    }
    advanceTo(line.timestamp());
    for (Part part : line.parts()) {
      Bytes content = part.content();
      if (content == null) {
        throw script.error(line, "a placeholder in a transcript; expected the bytes themselves");
      }
      chunk.add(content);
    }
    chunk.add(line.end().bytes());
  }

  @Override
  public void visit(Step.Control control) {
    flush();
    advanceTo(control.timestamp());
    events.add(
        switch (control.kind()) {
          case FINISH, CLOSE -> new Event.Fin(control.side(), nanos);
          case RESET -> new Event.Rst(control.side(), nanos);
          case STALL -> throw script.error(control, "a stall cannot be seen on the wire");
        });
  }

  @Override
  public void visit(Step.StartTls startTls) {
    flush();
    advanceTo(startTls.timestamp());
    events.add(new Event.TlsStarted(nanos));
  }

  @Override
  public void visit(Step.Cut cut) {
    flush();
  }

  @Override
  public void visit(Step.AnyLines anyLines) {
    throw unexpected(anyLines);
  }

  @Override
  public void visit(Step.Pause pause) {
    throw unexpected(pause);
  }

  @Override
  public void visit(Step.Within within) {
    throw unexpected(within);
  }

  @Override
  public void visit(Step.Mark mark) {
    throw unexpected(mark);
  }

  @Override
  public void visit(Step.Await await) {
    throw unexpected(await);
  }

  @Override
  public void visit(Step.ConnectionBlock block) {
    throw unexpected(block);
  }

  @Override
  public void visit(Step.Repeat repeat) {
    throw unexpected(repeat);
  }

  @Override
  public void visit(Step.When when) {
    throw unexpected(when);
  }

  @Override
  public void visit(Step.AnyOrder anyOrder) {
    throw unexpected(anyOrder);
  }

  @Override
  public void visit(Step.Together together) {
    throw unexpected(together);
  }

  private ScriptException unexpected(Step step) {
    return script.error(step, "not a part of a transcript; expected bytes, events and times");
  }

  private void advanceTo(@Nullable Duration timestamp) {
    if (timestamp != null) {
      nanos = timestamp.toNanos();
    }
  }

  private void flush() {
    if (sender != null) {
      events.add(new Event.Sent(sender, nanos, Bytes.join(chunk)));
      chunk.clear();
      sender = null;
    }
  }
}

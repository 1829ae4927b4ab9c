package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a conversation as the steps of a script, with comments ahead of some. */
final class TranscriptWriter {
  private static final Bytes LF = LineEnd.LF.bytes();
  private static final int HEX_ROW = 16;

  private final boolean exact;
  private final LineEnd end;
  private final List<Step> steps = new ArrayList<>();
  private final IdentityHashMap<Step, List<String>> comments = new IdentityHashMap<>();

  /** The comments that stand ahead of whatever comes next. */
  private List<String> pending = new ArrayList<>();

  private Event.@Nullable Sent last;

  private TranscriptWriter(boolean exact, LineEnd end) {
    this.exact = exact;
    this.end = end;
  }

  static TranscriptWriter of(Conversation conversation, boolean exact) {
    List<AnnotatedEvent> all = AnnotatedEvent.events(conversation, exact);
    TranscriptWriter scribe = new TranscriptWriter(exact, lineEnd(conversation));
    for (AnnotatedEvent each : all) {
      scribe.pending.addAll(each.comments());
      if (each.event() != null) {
        int before = scribe.steps.size();
        scribe.add(each.event());
        scribe.comments.put(scribe.steps.get(before), scribe.pending);
        scribe.pending = new ArrayList<>();
      }
    }
    return scribe;
  }

  List<Step> steps() {
    return steps;
  }

  /** Returns the comments that stand ahead of steps. */
  IdentityHashMap<Step, List<String>> comments() {
    return comments;
  }

  /** Returns the comments behind the last step. */
  List<String> atTheEnd() {
    return pending;
  }

  /** The line end that most lines of the conversation have. */
  private static LineEnd lineEnd(Conversation conversation) {
    int lf = 0;
    int crlf = 0;
    // A CR and its LF may have come in two chunks.
    for (AnnotatedEvent each : AnnotatedEvent.events(conversation, false)) {
      if (each.event() instanceof Event.Sent sent) {
        for (int at = sent.bytes().indexOf(LF, 0); at >= 0; at = sent.bytes().indexOf(LF, at + 1)) {
          boolean ended = at > 0 && sent.bytes().at(at - 1) == '\r';
          crlf += ended ? 1 : 0;
          lf += ended ? 0 : 1;
        }
      }
    }
    return lf > crlf ? LineEnd.LF : LineEnd.CRLF;
  }

  private void add(Event event) {
    @Nullable Duration at = exact ? Duration.ofNanos(event.nanos()) : null;
    if (event instanceof Event.Sent sent) {
      if (last != null && last.side() == sent.side()) {
        steps.add(new Step.Cut());
      }
      last = sent;
      chunk(sent.side(), sent.bytes(), at);
    } else if (event instanceof Event.StartTls) {
      last = null;
      steps.add(new Step.StartTls(at));
    } else {
      last = null;
      Step.Deed deed = event instanceof Event.Finished ? Step.Deed.FINISH : Step.Deed.RESET;
      steps.add(new Step.Act(event.side(), deed, at));
    }
  }

  private void chunk(Side side, Bytes bytes, @Nullable Duration time) {
    @Nullable Duration at = time;
    if (bytes.isEmpty()) {
      steps.add(new Step.Line(side, Step.Notation.TEXT, List.of(), LineEnd.NONE, at));
    }
    int from = 0;
    while (from < bytes.size()) {
      int to = lineFrom(bytes, from);
      if (isText(bytes.slice(from, to))) {
        steps.add(text(side, bytes.slice(from, to), at));
      } else {
        while (to < bytes.size() && !isText(bytes.slice(to, lineFrom(bytes, to)))) {
          to = lineFrom(bytes, to);
        }
        hex(side, bytes.slice(from, to), at);
      }
      at = null;
      from = to;
    }
  }

  private int lineFrom(Bytes bytes, int from) {
    int at = bytes.indexOf(end.bytes(), from);
    return at < 0 ? bytes.size() : at + end.bytes().size();
  }

  /** A tenth of bytes that are not printable may be escaped before hex is easier to read. */
  private boolean isText(Bytes line) {
    int odd = line.unprintable() - (endsLine(line) ? end.bytes().size() : 0);
    return odd * 10 <= line.size();
  }

  private boolean endsLine(Bytes line) {
    int start = line.size() - end.bytes().size();
    return start >= 0 && line.slice(start, line.size()).equals(end.bytes());
  }

  private Step text(Side side, Bytes line, @Nullable Duration at) {
    boolean ended = endsLine(line);
    Bytes payload = ended ? line.slice(0, line.size() - end.bytes().size()) : line;
    List<Part> parts = payload.isEmpty() ? List.of() : List.of(new Part.Fixed(payload));
    return new Step.Line(side, Step.Notation.TEXT, parts, ended ? end : LineEnd.NONE, at);
  }

  private void hex(Side side, Bytes bytes, @Nullable Duration time) {
    @Nullable Duration at = time;
    for (int from = 0; from < bytes.size(); from += HEX_ROW) {
      Bytes row = bytes.slice(from, Math.min(from + HEX_ROW, bytes.size()));
      steps.add(
          new Step.Line(side, Step.Notation.HEX, List.of(new Part.Fixed(row)), LineEnd.NONE, at));
      at = null;
    }
  }
}

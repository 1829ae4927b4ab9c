package dev.partyline.script.transcript;

import dev.partyline.script.LineEnd;
import dev.partyline.script.Part;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a conversation as the steps of a script, with comments before some. */
final class TranscriptWriter {
  private static final Bytes LF = LineEnd.LF.bytes();
  private static final int HEX_BYTES_PER_LINE = 16;

  private final boolean timed;
  private final LineEnd end;
  private final List<Step> steps = new ArrayList<>();

  /** How many steps there were after each event. */
  private final List<Integer> stepCounts = new ArrayList<>();

  private final IdentityHashMap<Step, List<String>> comments = new IdentityHashMap<>();

  /** The comments before the step that comes next. */
  private List<String> pendingComments = new ArrayList<>();

  private Event.@Nullable Sent lastSent;

  private TranscriptWriter(boolean timed, LineEnd end) {
    this.timed = timed;
    this.end = end;
  }

  static TranscriptWriter of(Conversation conversation, boolean exact) {
    return of(conversation, exact, !exact);
  }

  /** Writes a conversation with or without times, and with its chunks joined or as they are. */
  static TranscriptWriter of(Conversation conversation, boolean timed, boolean joined) {
    List<AnnotatedEvent> annotatedEvents = AnnotatedEvent.events(conversation, !joined);
    TranscriptWriter writer = new TranscriptWriter(timed, lineEnd(conversation));
    for (AnnotatedEvent each : annotatedEvents) {
      writer.pendingComments.addAll(each.comments());
      if (each.event() != null) {
        int firstStep = writer.steps.size();
        writer.add(each.event());
        writer.stepCounts.add(writer.steps.size());
        writer.comments.put(writer.steps.get(firstStep), writer.pendingComments);
        writer.pendingComments = new ArrayList<>();
      }
    }
    return writer;
  }

  List<Step> steps() {
    return steps;
  }

  /** Returns the steps of each event. */
  List<List<Step>> stepsByEvent() {
    List<List<Step>> result = new ArrayList<>();
    int start = 0;
    for (int end : stepCounts) {
      result.add(steps.subList(start, end));
      start = end;
    }
    return result;
  }

  /** Returns the comments before each step. */
  IdentityHashMap<Step, List<String>> comments() {
    return comments;
  }

  /** Returns the comments after the last step. */
  List<String> trailingComments() {
    return pendingComments;
  }

  /** Returns the line end that most lines of the conversation have. */
  private static LineEnd lineEnd(Conversation conversation) {
    int lf = 0;
    int crlf = 0;
    // A CR and its LF may have come in two chunks.
    for (AnnotatedEvent each : AnnotatedEvent.events(conversation, false)) {
      if (each.event() instanceof Event.Sent sent) {
        for (int offset = sent.bytes().indexOf(LF, 0);
            offset >= 0;
            offset = sent.bytes().indexOf(LF, offset + 1)) {
          boolean isCrLf = offset > 0 && sent.bytes().byteAt(offset - 1) == '\r';
          crlf += isCrLf ? 1 : 0;
          lf += isCrLf ? 0 : 1;
        }
      }
    }
    return lf > crlf ? LineEnd.LF : LineEnd.CRLF;
  }

  private void add(Event event) {
    @Nullable Duration timestamp = timed ? Duration.ofNanos(event.nanos()) : null;
    if (event instanceof Event.Sent sent) {
      if (lastSent != null && lastSent.side() == sent.side()) {
        steps.add(new Step.Cut());
      }
      lastSent = sent;
      chunk(sent.side(), sent.bytes(), timestamp);
    } else if (event instanceof Event.TlsStarted) {
      lastSent = null;
      steps.add(new Step.StartTls(timestamp));
    } else {
      lastSent = null;
      Step.Control.Kind kind =
          event instanceof Event.Fin ? Step.Control.Kind.FINISH : Step.Control.Kind.RESET;
      steps.add(new Step.Control(event.side(), kind, timestamp));
    }
  }

  private void chunk(Side side, Bytes bytes, @Nullable Duration time) {
    @Nullable Duration timestamp = time;
    if (bytes.isEmpty()) {
      steps.add(new Step.Line(side, Step.Notation.TEXT, List.of(), LineEnd.NONE, timestamp));
    }
    int offset = 0;
    while (offset < bytes.size()) {
      int endOffset = lineEndOffset(bytes, offset);
      if (isText(bytes.slice(offset, endOffset))) {
        steps.add(text(side, bytes.slice(offset, endOffset), timestamp));
      } else {
        while (endOffset < bytes.size()
            && !isText(bytes.slice(endOffset, lineEndOffset(bytes, endOffset)))) {
          endOffset = lineEndOffset(bytes, endOffset);
        }
        hex(side, bytes.slice(offset, endOffset), timestamp);
      }
      timestamp = null;
      offset = endOffset;
    }
  }

  private int lineEndOffset(Bytes bytes, int offset) {
    int index = bytes.indexOf(end.bytes(), offset);
    return index < 0 ? bytes.size() : index + end.bytes().size();
  }

  /** Up to a tenth of the bytes may need an escape; with more, hex is easier to read. */
  private boolean isText(Bytes line) {
    int unprintable = line.unprintableCount() - (hasLineEnd(line) ? end.bytes().size() : 0);
    return unprintable * 10 <= line.size();
  }

  private boolean hasLineEnd(Bytes line) {
    int start = line.size() - end.bytes().size();
    return start >= 0 && line.slice(start, line.size()).equals(end.bytes());
  }

  private Step text(Side side, Bytes line, @Nullable Duration timestamp) {
    boolean hasLineEnd = hasLineEnd(line);
    Bytes payload = hasLineEnd ? line.slice(0, line.size() - end.bytes().size()) : line;
    List<Part> parts = payload.isEmpty() ? List.of() : List.of(new Part.Fixed(payload));
    return new Step.Line(
        side, Step.Notation.TEXT, parts, hasLineEnd ? end : LineEnd.NONE, timestamp);
  }

  private void hex(Side side, Bytes bytes, @Nullable Duration time) {
    @Nullable Duration timestamp = time;
    for (int offset = 0; offset < bytes.size(); offset += HEX_BYTES_PER_LINE) {
      Bytes row = bytes.slice(offset, Math.min(offset + HEX_BYTES_PER_LINE, bytes.size()));
      steps.add(
          new Step.Line(
              side, Step.Notation.HEX, List.of(new Part.Fixed(row)), LineEnd.NONE, timestamp));
      timestamp = null;
    }
  }
}

package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one side, one after the other, until one cannot be read. */
final class RespReader {
  /** Deeper than anybody goes, and far from the end of a stack that prints it. */
  private static final int DEEPEST = 128;

  private static final int LINE_END = 2;

  private final Scroll scroll;
  private final Side side;
  private final ViewBuilder<Resp.Message> found;

  /** The lists that the next value is in, the innermost first. */
  private final Deque<PartialArray> open = new ArrayDeque<>();

  /** What was not kept of the message in hand. */
  private final List<Flaw> gone = new ArrayList<>();

  /** That no more can be read. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Flaw flaw;

    Stop(Flaw flaw) {
      super(flaw.what(), null, false, false);
      this.flaw = flaw;
    }
  }

  RespReader(Scroll scroll, ViewBuilder<Resp.Message> found) {
    this.scroll = scroll;
    this.side = scroll.side();
    this.found = found;
  }

  void read() {
    try {
      while (scroll.all() > 0) {
        message();
      }
    } catch (Stop stop) {
      gone.forEach(found::add);
      found.add(stop.flaw);
    }
  }

  private void message() throws Stop {
    long from = scroll.at();
    Resp.Value whole = null;
    while (whole == null) {
      Resp.Value value = value();
      whole = value == null ? null : into(value);
    }
    if (isPassedOver(whole)) {
      return;
    }
    found.add(side, scroll.at(), new Resp.Message(side, from, scroll.at(), whole));
    gone.forEach(found::add);
    gone.clear();
  }

  /** Redis gives no answer to an empty line, nor to a command without words. */
  private boolean isPassedOver(Resp.Value whole) {
    return whole.kind() == Resp.Kind.INLINE
        ? whole.text().isBlank()
        : side == Side.CLIENT && whole.items().isEmpty();
  }

  /** Puts a value into the list that it is in; returns what is whole with it, in no other list. */
  private Resp.@Nullable Value into(Resp.Value value) {
    Resp.Value whole = value;
    while (!open.isEmpty()) {
      if (!open.peek().add(whole)) {
        return null;
      }
      whole = open.pop().value();
    }
    return whole;
  }

  /** Returns the next value, or nothing if it is a list whose items come next. */
  private Resp.@Nullable Value value() throws Stop {
    if (scroll.left() == 0) {
      throw missing("a list has some of its items");
    }
    long at = scroll.at();
    int mark = scroll.peek(0);
    if (side == Side.CLIENT && open.isEmpty() && mark != '*') {
      return inline();
    }
    Bytes line = line();
    if (mark == '.' && line.isEmpty() && !open.isEmpty() && open.peek().isStreamed()) {
      return open.pop().value();
    }
    Resp.Kind kind = Resp.Kind.of(mark);
    if (kind == Resp.Kind.INLINE) {
      throw malformed(at, "no value begins with " + Bytes.of((byte) mark));
    }
    if (side == Side.CLIENT && (open.isEmpty() != (kind == Resp.Kind.ARRAY) || isNested(kind))) {
      throw malformed(at, "a command must be an array of bulk strings, and has " + kind);
    }
    if (kind.isList()) {
      return list(kind, line, at);
    }
    if (kind.isBulk()) {
      return bulk(kind, line, at);
    }
    String problem = RespRules.problem(kind, line);
    if (problem != null) {
      throw malformed(at, problem);
    }
    return new Resp.Value(kind, kind == Resp.Kind.NULL, line, List.of());
  }

  private boolean isNested(Resp.Kind kind) {
    return !open.isEmpty() && kind != Resp.Kind.BULK_STRING;
  }

  /** Redis takes a line that ends with LF alone too (networking.c, processInlineBuffer). */
  private Resp.Value inline() throws Stop {
    int end = scroll.find('\n');
    if (end < 0) {
      throw missing("an inline command has no line end");
    }
    Bytes line = scroll.take(end + 1);
    boolean cr = end > 0 && line.at(end - 1) == '\r';
    return new Resp.Value(Resp.Kind.INLINE, false, line.slice(0, cr ? end - 1 : end), List.of());
  }

  /** Returns what stands between the mark and the line end. */
  private Bytes line() throws Stop {
    int end = scroll.find('\n');
    if (end < 0) {
      throw missing("a value has no line end");
    }
    if (end < LINE_END || scroll.peek(end - 1) != '\r') {
      throw malformed(scroll.at() + end, "a line must end with CR LF, not with LF alone");
    }
    return scroll.take(end + 1).slice(1, end - 1);
  }

  private Resp.@Nullable Value list(Resp.Kind kind, Bytes line, long at) throws Stop {
    boolean streamed = RespRules.isStreamed(line);
    long count = streamed ? 0 : length(kind, line, at);
    if (count < 0 || count == 0 && !streamed) {
      return new Resp.Value(kind, count < 0, Bytes.EMPTY, List.of());
    }
    if (open.size() == DEEPEST) {
      throw malformed(at, "a list in more than " + DEEPEST + " others is not read");
    }
    open.push(new PartialArray(kind, streamed ? -1 : kind.isMap() ? 2 * count : count));
    return null;
  }

  private Resp.Value bulk(Resp.Kind kind, Bytes line, long at) throws Stop {
    Bytes content;
    int goneBefore = gone.size();
    if (RespRules.isStreamed(line)) {
      content = chunks();
    } else {
      long length = length(kind, line, at);
      if (length < 0) {
        return new Resp.Value(kind, true, Bytes.EMPTY, List.of());
      }
      content = bytes(kind.toString(), length);
    }
    boolean verbatim = kind == Resp.Kind.VERBATIM_STRING && gone.size() == goneBefore;
    int prefix = Resp.VERBATIM_PREFIX;
    if (verbatim && (content.size() < prefix || content.at(prefix - 1) != ':')) {
      throw malformed(at, "a VERBATIM_STRING must begin with what it is, such as txt:");
    }
    return new Resp.Value(kind, false, content, List.of());
  }

  private Bytes chunks() throws Stop {
    List<Bytes> chunks = new ArrayList<>();
    while (true) {
      if (scroll.left() == 0) {
        throw missing("a string in chunks has no last one");
      }
      long at = scroll.at();
      int mark = scroll.peek(0);
      Bytes line = line();
      if (mark != ';') {
        throw malformed(at, "a chunk of a string must begin with ;");
      }
      long length = length(Resp.Kind.INTEGER, line, at);
      if (length == 0) {
        return Bytes.join(chunks);
      }
      chunks.add(bytes("chunk", length));
    }
  }

  private Bytes bytes(String what, long length) throws Stop {
    if (length > scroll.all() - LINE_END) {
      throw missing(
          "a " + what + " has " + scroll.left() + " of its " + length + " bytes and CR LF");
    }
    long at = scroll.at();
    Bytes content = scroll.passage(length, 0);
    if (content.isEmpty() && length > 0) {
      gone.add(new Flaw(Flaw.Kind.INCOMPLETE, side, at, "some of the " + what + " was not kept"));
    }
    if (scroll.left() < LINE_END) {
      throw missing("a " + what + " has no CR LF behind it");
    }
    if (scroll.peek(0) != '\r' || scroll.peek(1) != '\n') {
      throw malformed(
          scroll.at(), "a " + what + " of " + length + " bytes must have CR LF behind it");
    }
    scroll.take(LINE_END);
    return content;
  }

  /** Returns a length, and -1 for a null. */
  private long length(Resp.Kind kind, Bytes line, long at) throws Stop {
    long length = RespRules.length(line);
    boolean nullable = kind == Resp.Kind.BULK_STRING || kind == Resp.Kind.ARRAY;
    if (length == -1 && nullable && side == Side.SERVER) {
      return -1;
    }
    if (kind == Resp.Kind.ARRAY && side == Side.CLIENT && RespRules.isNegative(line)) {
      return -1;
    }
    if (length < 0) {
      throw malformed(at + 1, "the length " + line + " must be a number, 0 or more");
    }
    return length;
  }

  private Stop malformed(long at, String what) {
    return new Stop(new Flaw(Flaw.Kind.MALFORMED, side, at, what));
  }

  private Stop missing(String what) {
    return new Stop(scroll.missing(what));
  }
}

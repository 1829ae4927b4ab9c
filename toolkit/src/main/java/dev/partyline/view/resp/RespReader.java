package dev.partyline.view.resp;

import dev.partyline.internal.reading.FlawException;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one side, until one cannot be read. */
final class RespReader {
  /** Deeper than any real message, and far from a stack overflow when it is printed. */
  private static final int MAX_DEPTH = 128;

  private static final int LINE_END_BYTES = 2;

  private final SideReader input;
  private final Side side;
  private final ViewBuilder<RespMessage> builder;

  /** The lists that contain the next value, the innermost first. */
  private final Deque<PartialArray> openLists = new ArrayDeque<>();

  /** The flaws of bytes of the current message that were not kept. */
  private final List<Flaw> gapFlaws = new ArrayList<>();

  RespReader(SideReader input, ViewBuilder<RespMessage> builder) {
    this.input = input;
    this.side = input.side();
    this.builder = builder;
  }

  void read() {
    try {
      while (input.remaining() > 0) {
        readMessage();
      }
    } catch (FlawException e) {
      gapFlaws.forEach(builder::add);
      builder.add(e.flaw(side));
    }
  }

  private void readMessage() throws FlawException {
    long offset = input.offset();
    RespValue completeValue = null;
    while (completeValue == null) {
      RespValue value = readValue();
      completeValue = value == null ? null : addToOpenList(value);
    }
    if (isIgnored(completeValue)) {
      return;
    }
    builder.add(side, input.offset(), new RespMessage(side, offset, input.offset(), completeValue));
    gapFlaws.forEach(builder::add);
    gapFlaws.clear();
  }

  /** Redis does not answer an empty line or a command without words. */
  private boolean isIgnored(RespValue value) {
    return value.kind() == RespValue.Kind.INLINE
        ? value.text().isBlank()
        : side == Side.CLIENT && value.items().isEmpty();
  }

  /**
   * Adds a value to the innermost list; returns the outermost value if it is complete with that.
   */
  private @Nullable RespValue addToOpenList(RespValue value) {
    RespValue completeValue = value;
    while (!openLists.isEmpty()) {
      if (!openLists.peek().add(completeValue)) {
        return null;
      }
      completeValue = openLists.pop().value();
    }
    return completeValue;
  }

  /** Returns the next value, or null if it is a list whose items follow. */
  private @Nullable RespValue readValue() throws FlawException {
    if (input.available() == 0) {
      throw missing("a list has some of its items");
    }
    long offset = input.offset();
    int firstByte = input.peek(0);
    if (side == Side.CLIENT && openLists.isEmpty() && firstByte != '*') {
      return readInline();
    }
    Bytes line = readLine();
    if (firstByte == '.'
        && line.isEmpty()
        && !openLists.isEmpty()
        && openLists.peek().isStreamed()) {
      return openLists.pop().value();
    }
    RespValue.Kind kind = RespValue.Kind.of(firstByte);
    if (kind == RespValue.Kind.INLINE) {
      throw malformed(offset, "no value begins with " + Bytes.of((byte) firstByte));
    }
    if (side == Side.CLIENT
        && (openLists.isEmpty() != (kind == RespValue.Kind.ARRAY) || isInvalidNested(kind))) {
      throw malformed(offset, "a command must be an array of bulk strings, and has " + kind);
    }
    if (kind.isList()) {
      return readList(kind, line, offset);
    }
    if (kind.isBulk()) {
      return readBulk(kind, line, offset);
    }
    String problem = RespRules.problem(kind, line);
    if (problem != null) {
      throw malformed(offset, problem);
    }
    return new RespValue(kind, kind == RespValue.Kind.NULL, line, List.of());
  }

  private boolean isInvalidNested(RespValue.Kind kind) {
    return !openLists.isEmpty() && kind != RespValue.Kind.BULK_STRING;
  }

  /** Reads a line; Redis accepts LF alone as its end (networking.c, processInlineBuffer). */
  private RespValue readInline() throws FlawException {
    int end = input.indexOf('\n');
    if (end < 0) {
      throw missing("an inline command has no line end");
    }
    Bytes line = input.read(end + 1);
    boolean cr = end > 0 && line.byteAt(end - 1) == '\r';
    return new RespValue(
        RespValue.Kind.INLINE, false, line.slice(0, cr ? end - 1 : end), List.of());
  }

  /** Returns what is between the first byte and the line end. */
  private Bytes readLine() throws FlawException {
    int end = input.indexOf('\n');
    if (end < 0) {
      throw missing("a value has no line end");
    }
    if (end < LINE_END_BYTES || input.peek(end - 1) != '\r') {
      throw malformed(input.offset() + end, "a line must end with CR LF, not with LF alone");
    }
    return input.read(end + 1).slice(1, end - 1);
  }

  private @Nullable RespValue readList(RespValue.Kind kind, Bytes line, long offset)
      throws FlawException {
    boolean streamed = RespRules.isStreamed(line);
    long count = streamed ? 0 : parseLength(kind, line, offset);
    if (count < 0 || count == 0 && !streamed) {
      return new RespValue(kind, count < 0, Bytes.EMPTY, List.of());
    }
    if (openLists.size() == MAX_DEPTH) {
      throw malformed(offset, "a list in more than " + MAX_DEPTH + " others is not read");
    }
    openLists.push(new PartialArray(kind, streamed ? -1 : kind.isMap() ? 2 * count : count));
    return null;
  }

  private RespValue readBulk(RespValue.Kind kind, Bytes line, long offset) throws FlawException {
    Bytes content;
    int flawsBefore = gapFlaws.size();
    if (RespRules.isStreamed(line)) {
      content = readChunks();
    } else {
      long length = parseLength(kind, line, offset);
      if (length < 0) {
        return new RespValue(kind, true, Bytes.EMPTY, List.of());
      }
      content = readBytes(kind.toString(), length);
    }
    boolean verbatim = kind == RespValue.Kind.VERBATIM_STRING && gapFlaws.size() == flawsBefore;
    int prefix = Resp.VERBATIM_PREFIX_BYTES;
    if (verbatim && (content.size() < prefix || content.byteAt(prefix - 1) != ':')) {
      throw malformed(offset, "a VERBATIM_STRING must begin with its format, such as txt:");
    }
    return new RespValue(kind, false, content, List.of());
  }

  private Bytes readChunks() throws FlawException {
    List<Bytes> chunks = new ArrayList<>();
    while (true) {
      if (input.available() == 0) {
        throw missing("a string in chunks has no last one");
      }
      long offset = input.offset();
      int firstByte = input.peek(0);
      Bytes line = readLine();
      if (firstByte != ';') {
        throw malformed(offset, "a chunk of a string must begin with ;");
      }
      long length = parseLength(RespValue.Kind.INTEGER, line, offset);
      if (length == 0) {
        return Bytes.join(chunks);
      }
      chunks.add(readBytes("chunk", length));
    }
  }

  private Bytes readBytes(String subject, long length) throws FlawException {
    if (length > input.remaining() - LINE_END_BYTES) {
      throw missing(
          "a " + subject + " has " + input.available() + " of its " + length + " bytes and CR LF");
    }
    long offset = input.offset();
    Bytes content = input.readPayload(length, 0);
    if (content.isEmpty() && length > 0) {
      gapFlaws.add(
          new Flaw(Flaw.Kind.INCOMPLETE, side, offset, "some of the " + subject + " was not kept"));
    }
    if (input.available() < LINE_END_BYTES) {
      throw missing("a " + subject + " has no CR LF after it");
    }
    if (input.peek(0) != '\r' || input.peek(1) != '\n') {
      throw malformed(
          input.offset(), "a " + subject + " of " + length + " bytes must have CR LF after it");
    }
    input.read(LINE_END_BYTES);
    return content;
  }

  /** Returns a length, or -1 for a null. */
  private long parseLength(RespValue.Kind kind, Bytes line, long offset) throws FlawException {
    long length = RespRules.parseLength(line);
    boolean nullable = kind == RespValue.Kind.BULK_STRING || kind == RespValue.Kind.ARRAY;
    if (length == -1 && nullable && side == Side.SERVER) {
      return -1;
    }
    if (kind == RespValue.Kind.ARRAY && side == Side.CLIENT && RespRules.isNegative(line)) {
      return -1;
    }
    if (length < 0) {
      throw malformed(offset + 1, "the length " + line + " must be a number, 0 or more");
    }
    return length;
  }

  private FlawException malformed(long offset, String description) {
    return new FlawException(offset, description);
  }

  private FlawException missing(String description) {
    return new FlawException(input.missing(description));
  }
}

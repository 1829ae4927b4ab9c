package dev.partyline.view.resp;

import dev.partyline.internal.reading.Scroll;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.view.ProtocolView;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;

/**
 * A conversation read as the protocol of Redis: RESP2 and RESP3, inline commands too.
 *
 * <p>What the client says is commands, and what the server says is answers and what it pushes, as
 * many as there are and whether one waits for the other or not. It prints a line for each: commands
 * as MONITOR of redis-cli does, answers as redis-cli does.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis serialization
 *     protocol specification</a>
 */
public final class Resp extends ProtocolView<Resp.RespMessage> {
  /** What a verbatim string begins with, such as {@code txt:}. */
  static final int VERBATIM_PREFIX_BYTES = 4;

  private Resp(ViewBuilder<RespMessage> builder) {
    super(builder);
  }

  /** Returns the commands and answers of a conversation. */
  public static Resp of(Conversation conversation) {
    ViewBuilder<RespMessage> builder = new ViewBuilder<>(conversation);
    for (Side side : Side.values()) {
      new RespReader(new Scroll(conversation, side, 0), builder).read();
    }
    return new Resp(builder);
  }

  /** Returns the messages of both sides, in the order in which they were complete. */
  public List<RespMessage> messages() {
    return parts;
  }

  /** What a value is, by the byte that it begins with. */
  public enum Kind {
    /** {@code +}: a short text. */
    SIMPLE_STRING('+'),
    /** {@code -}: a short text that tells of an error. */
    ERROR('-'),
    /** {@code :}: a whole number. */
    INTEGER(':'),
    /** {@code $}: bytes, or a null of RESP2. */
    BULK_STRING('$'),
    /** {@code *}: a list, or a null of RESP2; each command is one. */
    ARRAY('*'),
    /** {@code _}: the null of RESP3. */
    NULL('_'),
    /** {@code #}: {@code t} or {@code f}. */
    BOOLEAN('#'),
    /** {@code ,}: a number with a fraction, {@code inf} or {@code nan}. */
    DOUBLE(','),
    /** {@code (}: a whole number of any size. */
    BIG_NUMBER('('),
    /** {@code !}: bytes that tell of an error. */
    BULK_ERROR('!'),
    /** {@code =}: bytes ahead of which stands what they are, such as {@code txt:}. */
    VERBATIM_STRING('='),
    /** {@code %}: keys and values, one after the other. */
    MAP('%'),
    /** {@code |}: keys and values that tell something of the value behind it. */
    ATTRIBUTE('|'),
    /** {@code ~}: a list in no order. */
    SET('~'),
    /** {@code >}: a list that nobody has asked for. */
    PUSH('>'),
    /** A command as one types it, a line of words; an empty line is none. */
    INLINE('\0');

    private final char firstByte;

    Kind(char firstByte) {
      this.firstByte = firstByte;
    }

    /** Returns INLINE if there is none. */
    static Kind of(int firstByte) {
      for (Kind kind : values()) {
        if (kind.firstByte == firstByte) {
          return kind;
        }
      }
      return INLINE;
    }

    boolean isBulk() {
      return this == BULK_STRING || this == BULK_ERROR || this == VERBATIM_STRING;
    }

    boolean isList() {
      return this == ARRAY || this == SET || this == PUSH || isMap();
    }

    boolean isMap() {
      return this == MAP || this == ATTRIBUTE;
    }
  }

  /**
   * A value, which may have others in it.
   *
   * @param kind what it is
   * @param isNull whether it is a null, in RESP2's way or in RESP3's
   * @param content what it says, without marks, lengths and line ends; empty for a list
   * @param items what is in a list, in the order in which it was sent; keys and values of a map in
   *     turn
   */
  public record Value(Kind kind, boolean isNull, Bytes content, List<Value> items) {
    /** Returns the content as text, malformed UTF-8 replaced by U+FFFD. */
    public String text() {
      return content.utf8();
    }

    /** Returns it as redis-cli prints it, in one line. */
    @Override
    public String toString() {
      return RespPrinter.of(this);
    }
  }

  /**
   * A command, an answer or a push that was sent whole.
   *
   * @param side who sent it
   * @param offset the offset of its first byte in what the side sent
   * @param endOffset the offset behind its last byte
   * @param value what it is
   */
  public record RespMessage(Side side, long offset, long endOffset, Value value) {
    /**
     * Returns a command as its words, such as {@code SET}, {@code key}, {@code value}; those of an
     * inline command as they stand between blanks. A message of the server has none.
     */
    public List<String> command() {
      return side == Side.SERVER
          ? List.of()
          : value.kind() == Kind.INLINE
              ? List.of(value.text().trim().split("[ \\t]+"))
              : value.items().stream().map(Value::text).toList();
    }

    /** Returns it as {@code client "GET" "key"} or {@code server (integer) 1}. */
    @Override
    public String toString() {
      return RespPrinter.of(this);
    }
  }
}

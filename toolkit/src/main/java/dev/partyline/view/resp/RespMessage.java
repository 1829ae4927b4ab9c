package dev.partyline.view.resp;

import dev.partyline.wire.Side;
import java.util.List;

/**
 * A command, an answer or a push that was sent completely.
 *
 * @param side who sent it
 * @param offset the offset of its first byte in what the side sent
 * @param endOffset the offset after its last byte
 * @param value its value
 */
public record RespMessage(Side side, long offset, long endOffset, RespValue value) {
  /**
   * Returns a command as its words, such as {@code SET}, {@code key}, {@code value}; those of an
   * inline command are separated by blanks. A message of the server has none.
   */
  public List<String> command() {
    return side == Side.SERVER
        ? List.of()
        : value.kind() == RespValue.Kind.INLINE
            ? List.of(value.text().trim().split("[ \\t]+"))
            : value.items().stream().map(RespValue::text).toList();
  }

  /** Returns it as {@code client "GET" "key"} or {@code server (integer) 1}. */
  @Override
  public String toString() {
    return RespPrinter.of(this);
  }
}

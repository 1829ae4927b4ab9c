package dev.partyline.script.player;

import dev.partyline.internal.secrets.MaskedBytes;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;

/**
 * What a failure shows of a cursor: a secret of the conversation or of the script is masked
 * wherever it stands.
 */
final class MaskedCursor {
  /** How much is looked through for secrets: what a line is depends on those before it. */
  private static final int MAX_BYTES = 64 << 20;

  /** How much of a longer conversation is. */
  private static final int MAX_BYTES_AROUND = 1 << 20;

  /** That of {@code C: }. */
  private static final int MARK_LENGTH = 3;

  private final Cursor cursor;
  private final Conversation conversation;
  private final Side peer;
  private final Redaction redaction;
  private final List<String> rows;
  private final Bytes received;

  MaskedCursor(Cursor cursor, Conversation conversation, Side peer, Redaction redaction) {
    List<String> texts = cursor.rows().stream().map(Cursor.Row::text).toList();
    this.cursor = cursor;
    this.conversation = conversation;
    this.peer = peer;
    Redaction withSecrets = redaction.withSecretsOf(texts);
    this.redaction = isShort() ? withSecrets.withSecretsOf(conversation) : withSecrets;
    this.rows = this.redaction.apply(texts);
    this.received = maskReceived(redaction);
  }

  private boolean isShort() {
    return conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER) <= MAX_BYTES;
  }

  List<String> rows() {
    return rows;
  }

  Bytes received() {
    return received;
  }

  String problem() {
    return mask(cursor.problem());
  }

  private String mask(String text) {
    return redaction.apply(Bytes.utf8(text)).utf8();
  }

  private Bytes maskReceived(Redaction standard) {
    long first = cursor.offset() - Math.max(cursor.difference(), 0);
    long start = isShort() ? 0 : Math.max(0, first - MAX_BYTES_AROUND);
    Bytes masked =
        isShort() && conversation.gaps().isEmpty()
            ? standard.apply(conversation).bytes(peer)
            : standard.apply(availableBytes(start, first + MAX_BYTES_AROUND));
    int offset = (int) Math.min(first - start, masked.size());
    return masked.slice(
        offset, (int) Math.min(offset + (long) cursor.received().size(), masked.size()));
  }

  /** Returns a part of what the peer sent, or nothing of it where some was not kept. */
  private Bytes availableBytes(long offset, long endOffset) {
    long availableEnd = Math.min(endOffset, conversation.byteCount(peer));
    boolean isKept =
        conversation.gaps().stream()
            .noneMatch(
                gap ->
                    gap.side() == peer && gap.offset() < availableEnd && gap.endOffset() > offset);
    return offset < availableEnd && isKept
        ? conversation.bytes(peer, offset, availableEnd)
        : Bytes.EMPTY;
  }

  /** Returns the lines of a datagram as one text, with what differs from a secret masked too. */
  String expected(String lines) {
    StringBuilder text = new StringBuilder();
    String previous = "";
    for (String line : redaction.apply(List.of(lines.split("\n", -1)))) {
      text.append(previous.startsWith(":", 1) ? "\\r\\n" : "");
      text.append(previous.isEmpty() ? line : line.substring(Math.min(line.length(), MARK_LENGTH)));
      previous = line;
    }
    int payload = Math.min(text.length(), MARK_LENGTH);
    Bytes masked =
        new MaskedBytes(cursor.received(), received)
            .maskExpected(Bytes.utf8(text.substring(payload)), Math.max(0, cursor.difference()));
    return text.substring(0, payload) + masked.utf8();
  }
}

package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.Locale;

/**
 * Where two sides leave HTTP/1 for another protocol (RFC 9110, 7.8), if the first request asks for
 * that.
 *
 * @param client the offset behind the request
 * @param server the offset behind the head of the answer
 * @param head the head of the answer, in lower case
 */
record HttpUpgrade(long client, long server, String head) {
  static final Bytes SWITCHING = Bytes.utf8("HTTP/1.1 101 ");
  private static final Bytes BLANK_LINE = Bytes.utf8("\r\n\r\n");
  private static final int LONGEST_HEAD = 1 << 16;

  /** Returns whether the server answers the first request by leaving HTTP/1. */
  static boolean isIn(Conversation conversation) {
    return start(conversation, Side.SERVER).startsWith(SWITCHING);
  }

  /** Returns where, or which flaw there is in that. */
  static Object of(Conversation conversation) {
    Bytes asked = start(conversation, Side.CLIENT);
    Bytes answered = start(conversation, Side.SERVER);
    int client = asked.indexOf(BLANK_LINE, 0);
    int server = answered.indexOf(BLANK_LINE, 0);
    int known = Math.min(answered.size(), SWITCHING.size());
    if (!answered.slice(0, known).equals(SWITCHING.slice(0, known))) {
      return new Flaw(
          Flaw.Kind.MALFORMED,
          Side.SERVER,
          0,
          "what was answered first is no 101 Switching Protocols of HTTP/1.1: where the frames"
              + " begin can be said with of(conversation, client, server)");
    }
    if (client < 0 || server < 0) {
      Side side = client < 0 ? Side.CLIENT : Side.SERVER;
      Bytes start = client < 0 ? asked : answered;
      return new Flaw(
          start.size() < LONGEST_HEAD ? Flaw.Kind.INCOMPLETE : Flaw.Kind.MALFORMED,
          side,
          start.size(),
          "the head of the upgrade has no blank line up to here");
    }
    int end = BLANK_LINE.size();
    String head = answered.slice(0, server).utf8().toLowerCase(Locale.ROOT);
    return new HttpUpgrade(requestEnd(conversation, client + end), server + end, head);
  }

  /** Returns the offset behind the first request, which may have a body, though few do. */
  private static long requestEnd(Conversation conversation, long headEnd) {
    return Http1.of(conversation).requests().stream()
        .findFirst()
        .filter(Http1Message::hasEnded)
        .map(Http1Message::end)
        .orElse(headEnd);
  }

  private static Bytes start(Conversation conversation, Side side) {
    Scroll scroll = new Scroll(conversation, side, 0);
    return scroll.take((int) Math.min(scroll.left(), LONGEST_HEAD));
  }
}

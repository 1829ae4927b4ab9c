package dev.partyline.internal.upgrade;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.view.Flaw;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http.Http1Message;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.Locale;
import java.util.Optional;

/**
 * Where two sides leave HTTP/1 for another protocol, because the first request upgrades to it (RFC
 * 9110, 7.8).
 *
 * @param clientOffset the offset after the request
 * @param serverOffset the offset after the head of the response
 * @param responseHead the head of the response, in lower case
 */
public record HttpUpgrade(long clientOffset, long serverOffset, String responseHead) {
  private static final Bytes SWITCHING_PROTOCOLS = Bytes.utf8("HTTP/1.1 101 ");
  private static final Bytes BLANK_LINE = Bytes.utf8("\r\n\r\n");
  private static final int MAX_HEAD_BYTES = 1 << 16;

  /** Returns whether the first response leaves HTTP/1. */
  public static boolean isIn(Conversation conversation) {
    return firstBytes(conversation, Side.SERVER).startsWith(SWITCHING_PROTOCOLS);
  }

  /** Returns the upgrade; adds a flaw to the view if it cannot be found. */
  public static Optional<HttpUpgrade> find(Conversation conversation, ViewBuilder<?> builder) {
    Bytes request = firstBytes(conversation, Side.CLIENT);
    Bytes response = firstBytes(conversation, Side.SERVER);
    int requestHeadEnd = request.indexOf(BLANK_LINE, 0);
    int responseHeadEnd = response.indexOf(BLANK_LINE, 0);
    int commonSize = Math.min(response.size(), SWITCHING_PROTOCOLS.size());
    if (!response.slice(0, commonSize).equals(SWITCHING_PROTOCOLS.slice(0, commonSize))) {
      builder
          .flaws(Side.SERVER)
          .addMalformed(
              0,
              "the first response is not 101 Switching Protocols of HTTP/1.1: pass the offsets of"
                  + " the frames to of(conversation, clientOffset, serverOffset)");
      return Optional.empty();
    }
    if (requestHeadEnd < 0 || responseHeadEnd < 0) {
      Side side = requestHeadEnd < 0 ? Side.CLIENT : Side.SERVER;
      Bytes firstBytes = requestHeadEnd < 0 ? request : response;
      builder.add(
          new Flaw(
              firstBytes.size() < MAX_HEAD_BYTES ? Flaw.Kind.INCOMPLETE : Flaw.Kind.MALFORMED,
              side,
              firstBytes.size(),
              "the head of the upgrade has no blank line up to here"));
      return Optional.empty();
    }
    int blankLineSize = BLANK_LINE.size();
    String head = response.slice(0, responseHeadEnd).utf8().toLowerCase(Locale.ROOT);
    return Optional.of(
        new HttpUpgrade(
            requestEndOffset(conversation, requestHeadEnd + blankLineSize),
            responseHeadEnd + blankLineSize,
            head));
  }

  /** Returns the offset after the first request, which may have a body. */
  private static long requestEndOffset(Conversation conversation, long headEndOffset) {
    return Http1.of(conversation).requests().stream()
        .findFirst()
        .filter(Http1Message::hasEnded)
        .map(Http1Message::endOffset)
        .orElse(headEndOffset);
  }

  private static Bytes firstBytes(Conversation conversation, Side side) {
    SideReader input = new SideReader(conversation, side, 0);
    return input.read((int) Math.min(input.available(), MAX_HEAD_BYTES));
  }
}

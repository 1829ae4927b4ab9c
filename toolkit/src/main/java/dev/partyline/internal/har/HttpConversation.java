package dev.partyline.internal.har;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.websocket.WebSocket;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads a conversation by the protocol in which it begins, and by those that it changes to. */
final class HttpConversation {
  private static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0\r\n");
  private static final Bytes STATUS_LINE = Bytes.utf8("HTTP/1.");
  private static final Pattern REQUEST_LINE = Pattern.compile("(?s)\\S+ .*HTTP/1\\.[0-9]\\s*");
  private static final int MAX_LINE_BYTES = 1 << 16;

  private final Conversation conversation;
  private final UnaryOperator<Conversation> redaction;
  private final Consumer<String> remarks;

  /**
   * Creates a reader.
   *
   * @param redaction masks messages that were compressed, as a conversation
   * @param remarks takes what is to be said of the conversation, and of no exchange
   */
  HttpConversation(
      Conversation conversation, UnaryOperator<Conversation> redaction, Consumer<String> remarks) {
    this.conversation = conversation;
    this.redaction = redaction;
    this.remarks = remarks;
  }

  /** Returns whether it begins as HTTP does. */
  static boolean isHttp(Conversation conversation) {
    return conversation.transport().isStream()
        && (isHttp2(conversation)
            || firstLine(conversation, Side.SERVER).startsWith(STATUS_LINE)
            || REQUEST_LINE.matcher(firstLine(conversation, Side.CLIENT).utf8()).matches());
  }

  private static boolean isHttp2(Conversation conversation) {
    SideReader input = new SideReader(conversation, Side.CLIENT, 0);
    int size = (int) Math.min(PREFACE.size(), input.available());
    return input.bytes(0, size).equals(PREFACE);
  }

  /** Returns the first line that is not empty. */
  private static Bytes firstLine(Conversation conversation, Side side) {
    SideReader input = new SideReader(conversation, side, 0);
    SideReader.RawLine line = input.line(0, MAX_LINE_BYTES);
    while (line.isEmpty() && line.complete()) {
      line = input.line(line.nextOffset(), MAX_LINE_BYTES);
    }
    return line.bytes();
  }

  List<HarExchange> exchanges() {
    if (isHttp2(conversation)) {
      return new Http2Exchanges(conversation).read(Http2.of(conversation), remarks);
    }
    Http1 http = Http1.of(conversation);
    List<HarExchange> exchanges = new ArrayList<>(Http1Exchanges.of(conversation, http));
    int last = exchanges.size() - 1;
    String protocol = http.isUpgraded() ? upgrade(exchanges.get(last)) : "";
    if (protocol.equalsIgnoreCase("websocket")) {
      exchanges.set(last, withMessages(exchanges.get(last), http));
    } else if (protocol.equalsIgnoreCase("h2c")) {
      exchanges.addAll(
          new Http2Exchanges(conversation)
              .upgraded(exchanges.get(last).request())
              .read(
                  Http2.of(conversation, offset(http, Side.CLIENT), offset(http, Side.SERVER)),
                  remarks));
    } else if (last >= 0) {
      exchanges.set(last, exchanges.get(last).plusRemarks(Http1Exchanges.unread(http)));
    }
    return exchanges;
  }

  /** Returns the protocol that a response 101 names; empty after another one. */
  private static String upgrade(HarExchange exchange) {
    boolean isSwitched = exchange.response().status() == 101;
    return isSwitched ? exchange.response().message().header("Upgrade").strip() : "";
  }

  private HarExchange withMessages(HarExchange exchange, Http1 http) {
    WebSocket frames =
        WebSocket.of(conversation, offset(http, Side.CLIENT), offset(http, Side.SERVER));
    return HarWebSocketMessages.addTo(exchange, conversation, frames, redaction);
  }

  private long offset(Http1 http, Side side) {
    return http.unreadOffset(side).orElse(conversation.byteCount(side));
  }
}

package dev.partyline.view.websocket;

import dev.partyline.internal.reading.MaskedText;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.internal.reading.ViewContent;
import dev.partyline.internal.upgrade.HttpUpgrade;
import dev.partyline.view.Flaw;
import dev.partyline.view.ProtocolView;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * A conversation read as frames of WebSocket (RFC 6455), those after the upgrade.
 *
 * <p>Payloads are unmasked. What permessage-deflate (RFC 7692) compressed stays compressed, and the
 * frame says so. It prints like tshark, a line for each frame.
 */
public final class WebSocket implements ProtocolView<WebSocketFrame> {
  private final Conversation conversation;
  private final Function<Conversation, ViewContent<WebSocketFrame>> reader;
  private final ViewContent<WebSocketFrame> content;

  private WebSocket(
      Conversation conversation, Function<Conversation, ViewContent<WebSocketFrame>> reader) {
    this.conversation = conversation;
    this.reader = reader;
    this.content = reader.apply(conversation);
  }

  /**
   * Returns the frames of a conversation whose first request is answered with {@code 101 Switching
   * Protocols}; otherwise there are none, and a flaw says so.
   */
  public static WebSocket of(Conversation conversation) {
    return new WebSocket(conversation, WebSocket::readUpgraded);
  }

  /**
   * Returns the frames of a conversation from these offsets on. The agreed extensions are unknown
   * then, so no reserved bit is a flaw on the first frame of a message, and RSV1 is taken for
   * permessage-deflate.
   *
   * @param clientOffset the offset of the first frame in what the client sent, 0 or more
   * @param serverOffset the offset of the first frame in what the server sent, 0 or more
   * @throws IllegalArgumentException if an offset is negative
   */
  public static WebSocket of(Conversation conversation, long clientOffset, long serverOffset) {
    return new WebSocket(
        conversation,
        each -> {
          ViewBuilder<WebSocketFrame> builder = new ViewBuilder<>(each);
          read(each, clientOffset, serverOffset, true, true, builder);
          return builder.build();
        });
  }

  private static ViewContent<WebSocketFrame> readUpgraded(Conversation conversation) {
    ViewBuilder<WebSocketFrame> builder = new ViewBuilder<>(conversation);
    HttpUpgrade.find(conversation, builder)
        .ifPresent(upgrade -> readUpgraded(conversation, upgrade, builder));
    return builder.build();
  }

  private static void readUpgraded(
      Conversation conversation, HttpUpgrade upgrade, ViewBuilder<WebSocketFrame> builder) {
    boolean deflate = upgrade.responseHead().contains("permessage-deflate");
    boolean extended = upgrade.responseHead().contains("\r\nsec-websocket-extensions:");
    read(conversation, upgrade.clientOffset(), upgrade.serverOffset(), deflate, extended, builder);
  }

  private static void read(
      Conversation conversation,
      long clientOffset,
      long serverOffset,
      boolean deflate,
      boolean extended,
      ViewBuilder<WebSocketFrame> builder) {
    new WebSocketReader(
            new SideReader(conversation, Side.CLIENT, clientOffset), deflate, extended, builder)
        .read();
    new WebSocketReader(
            new SideReader(conversation, Side.SERVER, serverOffset), deflate, extended, builder)
        .read();
  }

  /** Returns the frames of both sides, in the order in which they were complete. */
  public List<WebSocketFrame> frames() {
    return content.parts();
  }

  @Override
  public List<Flaw> flaws() {
    return content.flaws();
  }

  @Override
  public Iterator<WebSocketFrame> iterator() {
    return content.parts().iterator();
  }

  @Override
  public String toString() {
    return MaskedText.of(conversation, reader);
  }
}

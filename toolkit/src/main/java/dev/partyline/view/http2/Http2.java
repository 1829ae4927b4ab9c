package dev.partyline.view.http2;

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
 * A conversation read as frames of HTTP/2 (RFC 9113), in plaintext or decrypted by a tap.
 *
 * <p>Header fields are decoded (RFC 7541) with Netty: to use this view, add {@code
 * io.netty:netty-codec-http2} to the tests. After a field block that is malformed or was not kept,
 * later ones of that side cannot be decoded: such frames have no fields, and a flaw says so.
 *
 * <p>It prints like nghttp, a line for each frame.
 */
public final class Http2 implements ProtocolView<Http2Frame> {
  private final Conversation conversation;
  private final Function<Conversation, ViewContent<Http2Frame>> reader;
  private final ViewContent<Http2Frame> content;

  private Http2(Conversation conversation, Function<Conversation, ViewContent<Http2Frame>> reader) {
    this.conversation = conversation;
    this.reader = reader;
    this.content = reader.apply(conversation);
  }

  /**
   * Returns the frames of a conversation that begins with HTTP/2, or whose first request upgrades
   * to it.
   *
   * @throws IllegalStateException if {@code netty-codec-http2} is missing
   */
  public static Http2 of(Conversation conversation) {
    return new Http2(conversation, Http2::read);
  }

  private static ViewContent<Http2Frame> read(Conversation conversation) {
    if (!HttpUpgrade.isIn(conversation)) {
      return read(conversation, 0, 0);
    }
    ViewBuilder<Http2Frame> builder = new ViewBuilder<>(conversation);
    return HttpUpgrade.find(conversation, builder)
        .map(upgrade -> read(conversation, upgrade.clientOffset(), upgrade.serverOffset()))
        .orElseGet(builder::build);
  }

  /**
   * Returns the frames of a conversation from these offsets on, such as those after an upgrade.
   *
   * @param clientOffset the offset of the preface in what the client sent, 0 or more
   * @param serverOffset the offset of the first frame in what the server sent, 0 or more
   * @throws IllegalArgumentException if an offset is negative
   * @throws IllegalStateException if {@code netty-codec-http2} is missing
   */
  public static Http2 of(Conversation conversation, long clientOffset, long serverOffset) {
    return new Http2(conversation, each -> read(each, clientOffset, serverOffset));
  }

  private static ViewContent<Http2Frame> read(
      Conversation conversation, long clientOffset, long serverOffset) {
    ViewBuilder<Http2Frame> builder = new ViewBuilder<>(conversation);
    Http2FrameReader clientFrames =
        Http2FrameReader.of(new SideReader(conversation, Side.CLIENT, clientOffset));
    Http2FrameReader serverFrames =
        Http2FrameReader.of(new SideReader(conversation, Side.SERVER, serverOffset));
    new Http2Reader(builder, clientFrames, serverFrames.limits()).read();
    new Http2Reader(builder, serverFrames, clientFrames.limits()).read();
    return builder.build();
  }

  /** Returns the frames of both sides, in the order in which they were complete. */
  public List<Http2Frame> frames() {
    return content.parts();
  }

  @Override
  public List<Flaw> flaws() {
    return content.flaws();
  }

  @Override
  public Iterator<Http2Frame> iterator() {
    return content.parts().iterator();
  }

  @Override
  public String toString() {
    return MaskedText.of(conversation, reader);
  }
}

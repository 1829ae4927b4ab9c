package dev.partyline.view.dns;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.internal.reading.ViewContent;
import dev.partyline.view.Flaw;
import dev.partyline.view.ProtocolView;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.Iterator;
import java.util.List;

/**
 * A conversation read as messages of DNS (RFC 1035): a datagram is a message, and on TCP its length
 * precedes a message.
 *
 * <p>It prints like dig, a line for each message. Records of unknown types print in the form of RFC
 * 3597, such as {@code \# 2 c0de}.
 */
public final class Dns implements ProtocolView<DnsMessage> {
  private final ViewContent<DnsMessage> content;

  private Dns(ViewContent<DnsMessage> content) {
    this.content = content;
  }

  /** Returns the queries and responses of a conversation. */
  public static Dns of(Conversation conversation) {
    ViewBuilder<DnsMessage> builder = new ViewBuilder<>(conversation);
    if (conversation.transport().isStream()) {
      for (Side side : Side.values()) {
        DnsMessageReader.readStream(new SideReader(conversation, side, 0), builder);
      }
    } else {
      DnsMessageReader.readDatagrams(conversation, builder);
    }
    return new Dns(builder.build());
  }

  /** Returns the messages of both sides, in the order in which they were complete. */
  public List<DnsMessage> messages() {
    return content.parts();
  }

  @Override
  public List<Flaw> flaws() {
    return content.flaws();
  }

  @Override
  public Iterator<DnsMessage> iterator() {
    return content.parts().iterator();
  }

  @Override
  public String toString() {
    return content.toString();
  }
}

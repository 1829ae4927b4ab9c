package dev.partyline.view.resp;

import dev.partyline.internal.reading.MaskedText;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.reading.ViewBuilder;
import dev.partyline.internal.reading.ViewContent;
import dev.partyline.view.Flaw;
import dev.partyline.view.ProtocolView;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * A conversation read as the protocol of Redis: RESP2 and RESP3, inline commands too.
 *
 * <p>The client sends commands, and the server answers and pushes; they are not paired. It prints a
 * line for each: commands like MONITOR of redis-cli, answers like redis-cli.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis serialization
 *     protocol specification</a>
 */
public final class Resp implements ProtocolView<RespMessage> {
  /** The format before the text of a verbatim string, such as {@code txt:}. */
  static final int VERBATIM_PREFIX_BYTES = 4;

  private final Conversation conversation;
  private final Function<Conversation, ViewContent<RespMessage>> reader;
  private final ViewContent<RespMessage> content;

  private Resp(Conversation conversation, Function<Conversation, ViewContent<RespMessage>> reader) {
    this.conversation = conversation;
    this.reader = reader;
    this.content = reader.apply(conversation);
  }

  /** Returns the commands and answers of a conversation. */
  public static Resp of(Conversation conversation) {
    return new Resp(conversation, Resp::read);
  }

  private static ViewContent<RespMessage> read(Conversation conversation) {
    ViewBuilder<RespMessage> builder = new ViewBuilder<>(conversation);
    for (Side side : Side.values()) {
      new RespReader(new SideReader(conversation, side, 0), builder).read();
    }
    return builder.build();
  }

  /** Returns the messages of both sides, in the order in which they were complete. */
  public List<RespMessage> messages() {
    return content.parts();
  }

  @Override
  public List<Flaw> flaws() {
    return content.flaws();
  }

  @Override
  public Iterator<RespMessage> iterator() {
    return content.parts().iterator();
  }

  @Override
  public String toString() {
    return MaskedText.of(conversation, reader);
  }
}

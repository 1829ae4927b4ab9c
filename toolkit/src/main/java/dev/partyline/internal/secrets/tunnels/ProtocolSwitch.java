package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where what both sides send becomes another protocol.
 *
 * @param clientOffset where it begins in what the client sends
 * @param serverOffset where it begins in what the server sends
 * @param next what it becomes
 * @param isSure whether it can be nothing else, such as a text about it
 */
public record ProtocolSwitch(int clientOffset, int serverOffset, Next next, boolean isSure) {
  /** What follows. */
  public enum Next {
    /** The stream of any protocol, which may switch again. */
    STREAM,
    /** Frames of WebSocket. */
    WEB_SOCKET
  }

  private static final List<Function<Dialogue, Optional<ProtocolSwitch>>> KINDS =
      List.of(ProxyHeader::end, SocksNegotiation::end, HttpSwitch::find);

  static Optional<ProtocolSwitch> toStream(int clientOffset, int serverOffset) {
    return Optional.of(new ProtocolSwitch(clientOffset, serverOffset, Next.STREAM, true));
  }

  /** Returns the first switch of a dialogue, if there is one. */
  public static Optional<ProtocolSwitch> of(Dialogue dialogue) {
    return dialogue.isOfDatagrams()
        ? Optional.empty()
        : KINDS.stream().flatMap(kind -> find(kind, dialogue).stream()).findFirst();
  }

  private static Optional<ProtocolSwitch> find(
      Function<Dialogue, Optional<ProtocolSwitch>> kind, Dialogue dialogue) {
    try {
      return kind.apply(dialogue);
    } catch (BufferUnderflowException e) {
      // It is another protocol, or the switch is not complete.
      return Optional.empty();
    }
  }
}

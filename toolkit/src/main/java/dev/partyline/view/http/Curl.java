package dev.partyline.view.http;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.internal.text.HostAndPort;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import java.util.EnumMap;
import java.util.Map;

/**
 * A conversation over HTTP/1 for people: as curl prints it, and as the curl command that sends a
 * request again.
 *
 * <p>A command is to be run, so it has the secrets of its request. {@link #verbose} masks them,
 * unless the conversation is {@linkplain Conversation#exact() exact}.
 */
public final class Curl {
  private final StringBuilder text = new StringBuilder();
  private final Map<Side, CurlSide> sides = new EnumMap<>(Side.class);
  private final Conversation conversation;

  private Curl(Conversation conversation) {
    this.conversation = conversation;
    Http1 http = Http1.of(conversation);
    sides.put(
        Side.CLIENT,
        new CurlSide(
            '>', '}', new SideReader(conversation, Side.CLIENT, 0), http.requests(), text));
    sides.put(
        Side.SERVER,
        new CurlSide(
            '<', '{', new SideReader(conversation, Side.SERVER, 0), http.responses(), text));
  }

  /**
   * Returns the conversation as {@code curl -v} prints it: the lines of heads after {@code >} and
   * {@code <}, the bytes of bodies as <code>{ [5 bytes data]</code>, remarks and flaws after {@code
   * *}.
   *
   * <p>Control characters are escaped as in a wire script.
   */
  public static String verbose(Conversation conversation) {
    return new Curl(SecretRules.printed(conversation)).print();
  }

  /**
   * Returns the command, for bash, with which curl sends a request again to the same address; it
   * ends in a line end.
   *
   * <p>It has the same head, with Host first, and the same body, in chunks of curl's own. Lines
   * that begin with {@code #} say what curl cannot send, such as a flaw of the request. What was
   * sent under TLS is sent under TLS again, to the server of a tap too.
   *
   * @throws IllegalStateException if the body was not kept
   */
  public static String command(Http1Request request) {
    return new CurlCommand(request).build();
  }

  private String print() {
    String address = Bytes.utf8(conversation.address(Side.SERVER)).escaped();
    HostAndPort server = HostAndPort.parse(address);
    String host = server == null ? address : server.host();
    String port = server == null ? "0" : server.port();
    int number = conversation.number() - 1;
    appendRemark("Connected to " + host + " (" + host + ") port " + port + " (#" + number + ")");
    conversation.forEach(this::appendEvent, this::appendNote);
    sides.values().forEach(CurlSide::finish);
    appendRemark(
        conversation.isOpen()
            ? "Connection #" + number + " to host " + host + " left intact"
            : "Closing connection " + number);
    return text.toString();
  }

  private void appendEvent(Event event) {
    CurlSide curlSide = sides.get(event.side());
    if (curlSide != null && event instanceof Event.Sent sent) {
      curlSide.onSent(sent.bytes().size());
    } else if (curlSide != null && event instanceof Event.Dropped dropped) {
      curlSide.onDropped(dropped.byteCount());
      appendRemark(dropped.byteCount() + " bytes dropped here (" + dropped.side() + ")");
    } else if (event instanceof Event.Rst reset && reset.side() == Side.SERVER) {
      appendRemark("Recv failure: Connection reset by peer");
    }
  }

  private void appendNote(Note note) {
    appendRemark(Bytes.utf8(note.text()).escaped());
  }

  private void appendRemark(String remark) {
    text.append("* ").append(remark).append('\n');
  }
}

package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import java.util.EnumMap;
import java.util.Map;

/**
 * A conversation over HTTP/1 the way people read it: as curl prints it, and as the command that has
 * curl send a request again.
 *
 * <p>Nothing is masked here: a password or cookie that was sent is printed as it was. For a text
 * that others are to read, give {@link Http1#of} and {@link #verbose} what {@link
 * dev.partyline.script.Redaction#apply(Conversation)} returns.
 */
public final class Curl {
  private final StringBuilder text = new StringBuilder();
  private final Map<Side, CurlSide> tracks = new EnumMap<>(Side.class);
  private final Conversation conversation;

  private Curl(Conversation conversation) {
    this.conversation = conversation;
    Http1 http = Http1.of(conversation);
    tracks.put(Side.CLIENT, new CurlSide('>', '}', http.requests(), text));
    tracks.put(Side.SERVER, new CurlSide('<', '{', http.responses(), text));
  }

  /**
   * Returns the conversation as {@code curl -v} prints it: the lines of heads behind {@code >} and
   * {@code <}, what came of bodies as <code>{ [5 bytes data]</code>, remarks behind {@code *},
   * flaws among them.
   *
   * <p>What a terminal would obey is escaped as in a wire script.
   */
  public static String verbose(Conversation conversation) {
    return new Curl(conversation).text();
  }

  /**
   * Returns the command, for bash, that has curl send a request again to the same address.
   *
   * <p>It has the same head, and the same body in chunks of curl's own; Host comes first. Lines
   * that begin with {@code #} say what curl cannot send: a flaw of the request is one. What was
   * said under TLS is sent under TLS, to the server of a tap too.
   *
   * @throws IllegalStateException if the body was not kept
   */
  public static String command(Http1Request request) {
    return new CurlCommand(request).text();
  }

  private String text() {
    String[] server = CurlCommand.hostAndPort(conversation.address(Side.SERVER));
    int number = conversation.number() - 1;
    remark(
        "Connected to "
            + server[0]
            + " ("
            + server[0]
            + ") port "
            + server[1]
            + " (#"
            + number
            + ")");
    int[] read = new int[2];
    var notes = conversation.notes();
    conversation.forEachEvent(
        event -> {
          for (; read[1] < notes.size() && notes.get(read[1]).events() <= read[0]; read[1]++) {
            note(notes.get(read[1]));
          }
          read[0]++;
          event(event);
        });
    notes.subList(read[1], notes.size()).forEach(this::note);
    tracks.values().forEach(CurlSide::end);
    remark(
        conversation.isOpen()
            ? "Connection #" + number + " to host " + server[0] + " left intact"
            : "Closing connection " + number);
    return text.toString();
  }

  private void event(Event event) {
    CurlSide track = tracks.get(event.side());
    if (track != null && event instanceof Event.Sent sent) {
      track.sent(sent.bytes().size());
    } else if (track != null && event instanceof Event.Dropped dropped) {
      track.dropped(dropped.bytes());
      remark(dropped.bytes() + " bytes dropped here (" + dropped.side() + ")");
    } else if (event instanceof Event.Reset reset && reset.side() == Side.SERVER) {
      remark("Recv failure: Connection reset by peer");
    }
  }

  private void note(Note note) {
    remark(Bytes.utf8(note.text()).escaped());
  }

  private void remark(String remark) {
    text.append("* ").append(remark).append('\n');
  }
}

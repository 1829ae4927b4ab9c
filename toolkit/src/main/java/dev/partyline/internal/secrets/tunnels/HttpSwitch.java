package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.tunnels.ProtocolSwitch.Next;
import dev.partyline.wire.Side;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What HTTP/1.1 becomes by CONNECT (RFC 9110, 9.3.6) and by Upgrade (RFC 9110, 7.8). */
final class HttpSwitch {
  private static final String CONNECT = "CONNECT ";

  private static final Pattern CONNECT_LINE =
      Pattern.compile("CONNECT [^\\r\\n]{1,2048} HTTP/1\\.[01]\\r?\\n");

  private static final Pattern CONNECTED = Pattern.compile("HTTP/1\\.[01] 2\\d\\d(?!\\w)");

  private static final String SWITCHED = "HTTP/1.1 101";

  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\r?\\n");

  private static final Pattern UPGRADE =
      Pattern.compile("(?i)\\nupgrade:[ \\t]*([^\\r\\n]{0,64}?)[ \\t]*\\r?\\n");

  private final Dialogue dialogue;
  private final String client;
  private final String server;

  private HttpSwitch(Dialogue dialogue) {
    this.dialogue = dialogue;
    this.client = dialogue.layer(Side.CLIENT).text();
    this.server = dialogue.layer(Side.SERVER).text();
  }

  static Optional<ProtocolSwitch> afterConnect(Dialogue dialogue) {
    return new HttpSwitch(dialogue).afterConnect();
  }

  private Optional<ProtocolSwitch> afterConnect() {
    if (!CONNECT_LINE.matcher(client).lookingAt()) {
      return Optional.empty();
    }
    Matcher answer = CONNECTED.matcher(server);
    if (answer.find()) {
      int clientEnd = lastConnectEnd(dialogue.peerSizeAt(Side.SERVER, answer.start()));
      return ProtocolSwitch.toStream(clientEnd, headEnd(server, answer.start()));
    }
    // What the server did not say, or what was not kept of it, may have granted the request.
    return dialogue.isKnown(Side.SERVER)
        ? Optional.empty()
        : ProtocolSwitch.toStream(headEnd(client, 0), 0);
  }

  /** Returns where the request ends that was granted, because those before it may be refused. */
  private int lastConnectEnd(int clientSize) {
    int end = headEnd(client, 0);
    while (client.startsWith(CONNECT, end) && headEnd(client, end) <= clientSize) {
      end = headEnd(client, end);
    }
    return end;
  }

  static Optional<ProtocolSwitch> afterUpgrade(Dialogue dialogue) {
    return new HttpSwitch(dialogue).afterUpgrade();
  }

  private Optional<ProtocolSwitch> afterUpgrade() {
    int answer = server.indexOf(SWITCHED);
    while (answer >= 0 && isInWord(server, answer + SWITCHED.length())) {
      answer = server.indexOf(SWITCHED, answer + 1);
    }
    if (answer < 0 && dialogue.layer(Side.SERVER).size() > 0) {
      return Optional.empty();
    }
    int serverEnd = answer < 0 ? 0 : headEnd(server, answer);
    int clientEnd = requestEnd(dialogue.peerSizeAt(Side.SERVER, Math.max(0, answer)));
    return next(answer, serverEnd, clientEnd)
        .map(next -> new ProtocolSwitch(clientEnd, serverEnd, next));
  }

  /** Returns what the server says that follows, or what the client asks for. */
  private Optional<Next> next(int answer, int serverEnd, int clientEnd) {
    Optional<Next> answered = answer < 0 ? Optional.empty() : next(server, answer, serverEnd);
    Optional<Next> asked = next(client, 0, clientEnd);
    // Without an answer, bytes after a request are its body unless they can be frames.
    return answered.or(() -> asked.filter(next -> answer >= 0 || next == Next.WEB_SOCKET));
  }

  private static Optional<Next> next(String text, int offset, int endOffset) {
    Matcher upgrade = UPGRADE.matcher(text).region(offset, endOffset);
    return upgrade.find()
        ? Optional.of(
            upgrade.group(1).equalsIgnoreCase("websocket") ? Next.WEB_SOCKET : Next.STREAM)
        : Optional.empty();
  }

  /** Returns where the last request ends of so many bytes, or else the first of all. */
  private int requestEnd(int clientSize) {
    int end = client.lastIndexOf("\r\n\r\n", clientSize - 4);
    return end < 0 ? headEnd(client, 0) : end + 4;
  }

  private static int headEnd(String text, int offset) {
    Matcher end = BLANK_LINE.matcher(text);
    return end.find(offset) ? end.end() : text.length();
  }

  private static boolean isInWord(String text, int offset) {
    return offset < text.length()
        && (Character.isLetterOrDigit(text.charAt(offset)) || text.charAt(offset) == '_');
  }
}

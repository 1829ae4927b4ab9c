package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.tunnels.ProtocolSwitch.Next;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;

/** What HTTP/1.1 becomes by CONNECT (RFC 9110, 9.3.6) and by Upgrade (RFC 9110, 7.8). */
final class HttpSwitch {
  private static final String VERSION = "HTTP/1.";
  private static final String UPGRADE = "upgrade";

  private final Dialogue dialogue;
  private final List<HttpMessage> requests;
  private final List<HttpMessage> responses;

  /** How many requests were sent before the response that is looked at. */
  private int sentRequests;

  private HttpSwitch(Dialogue dialogue) {
    this.dialogue = dialogue;
    this.requests = HttpMessages.requests(dialogue);
    this.responses = HttpMessages.responses(dialogue, requests);
  }

  static Optional<ProtocolSwitch> find(Dialogue dialogue) {
    boolean hasHttp =
        dialogue.layer(Side.CLIENT).text().contains(VERSION)
            || dialogue.layer(Side.SERVER).text().contains(VERSION);
    return hasHttp ? new HttpSwitch(dialogue).find() : Optional.empty();
  }

  private Optional<ProtocolSwitch> find() {
    for (int i = 0; i < responses.size(); i++) {
      HttpMessage response = responses.get(i);
      int sentBytes = dialogue.peerSizeAt(Side.SERVER, response.offset());
      Optional<HttpMessage> request = request(i, response, sentBytes);
      boolean isConnected =
          response.status() / 100 == 2 && request.filter(HttpMessage::isConnect).isPresent();
      if (response.status() == HttpMessage.SWITCHED || isConnected) {
        return Optional.of(answered(request, response, sentBytes));
      }
    }
    // What the server did not say, or what was not kept of it, may have granted a request.
    return requests.stream()
        .skip(responses.size())
        .filter(request -> request.isConnect() || !request.header(UPGRADE).isEmpty())
        .findFirst()
        .map(this::unanswered);
  }

  /** Returns what a response answers, which is the last that was sent if the order is not sure. */
  private Optional<HttpMessage> request(int number, HttpMessage response, int sentBytes) {
    while (sentRequests < requests.size()
        && requests.get(sentRequests).headEndOffset() <= sentBytes) {
      sentRequests++;
    }
    int index = response.isSure() ? number : sentRequests - 1;
    return index < 0 ? Optional.empty() : Optional.of(requests.get(index));
  }

  private static ProtocolSwitch answered(
      Optional<HttpMessage> request, HttpMessage response, int sentBytes) {
    boolean isConnect = request.filter(HttpMessage::isConnect).isPresent();
    String protocol = response.header(UPGRADE);
    String asked = request.map(each -> each.header(UPGRADE)).orElse("");
    int clientOffset = request.map(HttpMessage::endOffset).orElse(sentBytes);
    return new ProtocolSwitch(
        clientOffset,
        response.headEndOffset(),
        isConnect ? Next.STREAM : next(protocol.isEmpty() ? asked : protocol),
        response.isSure() && clientOffset <= sentBytes);
  }

  private ProtocolSwitch unanswered(HttpMessage request) {
    int serverOffset = responses.isEmpty() ? 0 : responses.get(responses.size() - 1).endOffset();
    Next next = request.isConnect() ? Next.STREAM : next(request.header(UPGRADE));
    return new ProtocolSwitch(request.endOffset(), serverOffset, next, false);
  }

  private static Next next(String protocol) {
    return protocol.equalsIgnoreCase("websocket") ? Next.WEB_SOCKET : Next.STREAM;
  }
}

package dev.partyline.view.http;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A conversation read as HTTP/1.0 and HTTP/1.1 (RFC 9110 and RFC 9112): requests of the client,
 * responses of the server, and which answers which.
 *
 * <p>What is incomplete or malformed is a {@link Flaw} of its message, and nothing is guessed: if a
 * flaw leaves unknown where a message ends, reading stops there, at the {@link #unreadOffset}.
 * After other flaws it continues.
 *
 * <p>Messages, their headers and their flaws print with secrets masked, unless the conversation is
 * {@linkplain Conversation#exact() exact}; methods return what was sent.
 *
 * <p>The bytes of bodies are not read before they are requested. What was not sent yet is
 * incomplete: read a later snapshot for it.
 */
public final class Http1 {
  private final Http1Reader clientReader;
  private final Http1Reader serverReader;
  private final Conversation conversation;
  private final List<Http1Exchange> exchanges = new ArrayList<>();
  private boolean upgraded;

  private Http1(Conversation conversation) {
    this.conversation = conversation;
    this.clientReader = new Http1Reader(new SideReader(conversation, Side.CLIENT, 0));
    this.serverReader = new Http1Reader(new SideReader(conversation, Side.SERVER, 0));
  }

  /**
   * Reads a conversation.
   *
   * @throws java.io.UncheckedIOException if the file of the recording cannot be read
   */
  public static Http1 of(Conversation conversation) {
    Http1 http = new Http1(conversation);
    while (!http.upgraded && http.readExchange()) {
      // Each round reads one more exchange.
    }
    return http;
  }

  /** Returns the requests in the order in which they were sent; the last may be incomplete. */
  public List<Http1Request> requests() {
    return exchanges.stream().flatMap(each -> each.request().stream()).toList();
  }

  /** Returns the responses in the order in which they were sent, those with 1xx included. */
  public List<Http1Response> responses() {
    return exchanges.stream()
        .flatMap(each -> Stream.concat(each.interim().stream(), each.response().stream()))
        .toList();
  }

  /** Returns each request with its responses. */
  public List<Http1Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** Returns the flaws of all messages: of the requests, then of the responses. */
  public List<Flaw> flaws() {
    return Stream.concat(requests().stream(), responses().stream())
        .flatMap(message -> message.flaws().stream())
        .toList();
  }

  /** Returns whether the sides left HTTP, by a 101 or by a 2xx to a CONNECT. */
  public boolean isUpgraded() {
    return upgraded;
  }

  /**
   * Returns the offset after which the bytes of a side were not read as HTTP, if there are any:
   * after an upgrade, or after a message whose end is unknown.
   */
  public OptionalLong unreadOffset(Side side) {
    Http1Reader reader = side == Side.CLIENT ? clientReader : serverReader;
    return reader.hasMore() ? OptionalLong.of(reader.offset()) : OptionalLong.empty();
  }

  private boolean readExchange() {
    Optional<Http1Request> request = clientReader.readRequest();
    String method = request.map(Http1Request::method).orElse("");
    List<Http1Response> interim = new ArrayList<>();
    Optional<Http1Response> response = serverReader.readResponse(method, responseFlaw(request));
    while (response.filter(Http1Response::isInterim).isPresent()) {
      interim.add(response.get());
      response = serverReader.readResponse(method, responseFlaw(request));
    }
    if (request.isEmpty() && interim.isEmpty() && response.isEmpty()) {
      return false;
    }
    exchanges.add(new Http1Exchange(request, List.copyOf(interim), response));
    upgraded = response.filter(answer -> leavesHttp(method, answer)).isPresent();
    boolean open = response.filter(Http1Message::hasCompleteHead).isEmpty();
    if (open && request.filter(Http1Request::mayLeaveHttp).isPresent()) {
      clientReader.stop();
    }
    return true;
  }

  private String responseFlaw(Optional<Http1Request> request) {
    if (request.isPresent() && !request.get().method().isEmpty()) {
      return "";
    }
    return request.isPresent() || clientReader.isStopped()
        ? "the request that this answers cannot be read; a GET is assumed"
        : "this answers no request";
  }

  private static boolean leavesHttp(String method, Http1Response answer) {
    return answer.hasCompleteHead()
        && (answer.status() == 101 || method.equals("CONNECT") && answer.status() / 100 == 2);
  }

  /** Returns the number of the connection, and how many requests and responses there are. */
  @Override
  public String toString() {
    return "connection "
        + conversation.number()
        + ": "
        + requests().size()
        + " requests, "
        + responses().size()
        + " responses";
  }
}

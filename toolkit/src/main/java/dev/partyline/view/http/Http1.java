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
 * <p>What is incomplete or malformed is told with its offset, as a {@link Flaw} of its message, and
 * nothing is guessed: where a flaw leaves unknown where a message ends, nothing is read behind it,
 * and {@link #unreadOffset} says from where on. Other flaws are told, and reading goes on.
 *
 * <p>Bodies are not touched before they are asked for. What has not come yet is incomplete: a later
 * snapshot is read anew.
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
      // Each round reads one more.
    }
    return http;
  }

  /** Returns the requests in the order in which they were sent, the last maybe incomplete. */
  public List<Http1Request> requests() {
    return exchanges.stream().flatMap(each -> each.request().stream()).toList();
  }

  /** Returns the responses in the order in which they were sent, those with 1xx included. */
  public List<Http1Response> responses() {
    return exchanges.stream()
        .flatMap(each -> Stream.concat(each.interim().stream(), each.response().stream()))
        .toList();
  }

  /** Returns each request with what answers it. */
  public List<Http1Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** Returns what is wrong with all the messages: of the requests, then of the responses. */
  public List<Flaw> flaws() {
    return Stream.concat(requests().stream(), responses().stream())
        .flatMap(message -> message.flaws().stream())
        .toList();
  }

  /** Returns whether the sides left HTTP, by a 101 or a 2xx that answers CONNECT. */
  public boolean isUpgraded() {
    return upgraded;
  }

  /**
   * Returns the offset from which on the bytes of a side were not read as HTTP, if there are such:
   * behind an upgrade, or behind a message of which nobody knows where it ends.
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

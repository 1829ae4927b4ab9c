package dev.partyline.internal.har;

import dev.partyline.internal.har.HarBody.BodyRange;
import dev.partyline.view.Flaw;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http.Http1Body;
import dev.partyline.view.http.Http1Exchange;
import dev.partyline.view.http.Http1Header;
import dev.partyline.view.http.Http1Message;
import dev.partyline.view.http.Http1Request;
import dev.partyline.view.http.Http1Response;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The exchanges of a conversation over HTTP/1. */
final class Http1Exchanges {
  private final Conversation conversation;
  private final String scheme;
  private final String authority;

  private Http1Exchanges(Conversation conversation) {
    this.conversation = conversation;
    this.scheme = HarUrl.scheme(conversation);
    this.authority = HarUrl.serverAuthority(conversation);
  }

  static List<HarExchange> of(Conversation conversation, Http1 http) {
    Http1Exchanges reader = new Http1Exchanges(conversation);
    return http.exchanges().stream().map(reader::exchange).toList();
  }

  /** Returns what is to be said of bytes that were not read as HTTP/1. */
  static List<String> unread(Http1 http) {
    List<String> remarks = new ArrayList<>();
    for (Side side : Side.values()) {
      http.unreadOffset(side)
          .ifPresent(
              offset ->
                  remarks.add(
                      "what the "
                          + side
                          + " sent from byte "
                          + offset
                          + (isTunnel(http)
                              ? " on went through a tunnel, and is not in this file"
                              : " on is not HTTP/1, or cannot be read as it, and is not in this"
                                  + " file")));
    }
    return remarks;
  }

  private static boolean isTunnel(Http1 http) {
    if (!http.isUpgraded()) {
      return false;
    }
    List<Http1Exchange> exchanges = http.exchanges();
    Optional<Http1Request> request = exchanges.get(exchanges.size() - 1).request();
    return request.filter(each -> each.method().equals("CONNECT")).isPresent();
  }

  private HarExchange exchange(Http1Exchange exchange) {
    Optional<Http1Request> request = exchange.request();
    Optional<Http1Response> response = exchange.response();
    List<String> remarks = new ArrayList<>();
    if (response.isEmpty()) {
      remarks.add(MissingResponse.reason(conversation));
    }
    return new HarExchange(
        request.map(this::request).orElseGet(this::noRequest),
        exchange.interim().stream().map(this::response).toList(),
        response.map(this::response).orElseGet(HarResponse::none),
        times(request, exchange.interim(), response),
        List.of(),
        remarks);
  }

  private HarRequest noRequest() {
    return new HarRequest("", HarUrl.of(scheme, authority, "", "/"), HarMessage.NONE);
  }

  private HarRequest request(Http1Request request) {
    String target = WireText.of(request.target().bytes());
    HarMessage message = message(request);
    if (target.equals("*")) {
      message = message.plusRemark(HarUrl.ASTERISK_REMARK);
    }
    String host = message.header("Host");
    String url = HarUrl.of(scheme, host.isEmpty() ? authority : host, request.method(), target);
    return new HarRequest(request.method(), url, message);
  }

  private HarResponse response(Http1Response response) {
    return new HarResponse(
        response.status(), WireText.of(response.reason().bytes()), message(response));
  }

  private HarMessage message(Http1Message message) {
    List<HarField> headers = fields(message.headers());
    List<String> remarks = new ArrayList<>(message.flaws().stream().map(Flaw::toString).toList());
    if (message.version().isEmpty()) {
      remarks.add("its first line is " + message.startLine().bytes());
    }
    return new HarMessage(
        message.version(),
        headers,
        fields(message.trailers()),
        message.hasCompleteHead() ? message.headEndOffset() - message.offset() : -1,
        body(message),
        remarks);
  }

  private static List<HarField> fields(List<Http1Header> headers) {
    return headers.stream()
        .map(each -> new HarField(WireText.of(each.name().bytes()), value(each)))
        .toList();
  }

  private static String value(Http1Header header) {
    return header.isFolded() ? header.text() : WireText.of(header.value().bytes());
  }

  private HarBody body(Http1Message message) {
    Http1Body body = message.body();
    List<BodyRange> ranges =
        body.framing() == Http1Body.Framing.CHUNKED
            ? body.chunks().stream()
                .map(chunk -> new BodyRange(chunk.offset(), chunk.endOffset()))
                .toList()
            : List.of(new BodyRange(body.offset(), body.endOffset()));
    return new HarBody(
        conversation,
        message.side(),
        ranges.stream().filter(range -> range.size() > 0).toList(),
        body.codings().stream().filter(coding -> !coding.equals("identity")).toList());
  }

  private ExchangeTimes times(
      Optional<Http1Request> request,
      List<Http1Response> interim,
      Optional<Http1Response> response) {
    OptionalLong responseStart =
        response.map(each -> OptionalLong.of(startNanos(each))).orElse(OptionalLong.empty());
    long start =
        request
            .map(this::startNanos)
            .orElseGet(
                () -> interim.isEmpty() ? responseStart.orElse(0) : startNanos(interim.get(0)));
    return ExchangeTimes.of(
        start,
        request.map(this::endNanos).orElse(start),
        responseStart,
        response.map(this::endNanos).orElseGet(() -> MissingResponse.nanos(conversation)));
  }

  private long startNanos(Http1Message message) {
    return conversation.timestampNanos(message.side(), message.offset());
  }

  private long endNanos(Http1Message message) {
    long lastOffset = Math.max(message.offset(), message.endOffset() - 1);
    return conversation.timestampNanos(message.side(), lastOffset);
  }
}

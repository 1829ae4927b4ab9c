package dev.partyline.internal.har;

import dev.partyline.view.http2.Http2Frame;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A stream of HTTP/2, which has one request with its responses. */
final class Http2Stream {
  private static final String STATUS = ":status";
  private static final String SCHEME = "[A-Za-z][A-Za-z0-9+.-]*";

  private final Conversation conversation;
  private final Http2Message request = new Http2Message();
  private final Http2Message response = new Http2Message();
  private final List<Http2Frame> interim = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private @Nullable HarRequest upgraded;
  private long startNanos = -1;
  private long endNanos = -1;
  private boolean reset;

  Http2Stream(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Tells the request that was sent over HTTP/1. */
  void upgrade(HarRequest http1Request) {
    upgraded = http1Request;
    remarks.add("the request was sent over HTTP/1, before the upgrade");
  }

  void add(Http2Frame frame) {
    if (startNanos < 0) {
      startNanos = conversation.timestampNanos(frame.side(), frame.offset());
    }
    endNanos = conversation.timestampNanos(frame.side(), frame.endOffset() - 1);
    boolean isMessage = frame.kind() != Http2Frame.Kind.RST_STREAM;
    if (isMessage && frame.side() == Side.CLIENT && isPushed()) {
      // The request of a promise is whole (RFC 9113, 8.4), and its bytes are the server's.
      remarks.add("the client must not send on a promised stream: " + frame);
      return;
    }
    switch (frame.kind()) {
      case HEADERS -> addFields(frame);
      case DATA -> message(frame.side()).addContent(frame);
      case RST_STREAM -> {
        reset = true;
        remarks.add(frame.toString());
      }
      default -> {}
    }
  }

  /** Adds the request that a server answers before it is sent. */
  void addPromise(Http2Frame promise) {
    if (startNanos >= 0) {
      remarks.add("a stream that is in use must not be promised: " + promise);
      return;
    }
    startNanos = conversation.timestampNanos(promise.side(), promise.offset());
    request.addFields(promise);
    remarks.add("the server has pushed it");
  }

  void addRemark(Side side, String remark) {
    message(side).addRemark(remark);
  }

  private boolean isPushed() {
    Http2Frame head = request.head();
    return head != null && head.side() == Side.SERVER;
  }

  private Http2Message message(Side side) {
    return side == Side.CLIENT ? request : response;
  }

  private void addFields(Http2Frame frame) {
    boolean isInterim =
        frame.side() == Side.SERVER
            && response.head() == null
            && Http2Message.field(frame, STATUS).startsWith("1");
    if (isInterim) {
      interim.add(frame);
    } else {
      message(frame.side()).addFields(frame);
    }
  }

  HarExchange exchange() {
    Http2Frame requestHead = request.head();
    Http2Frame responseHead = response.head();
    if (requestHead != null && !isPushed() && !request.hasEnded() && !reset) {
      request.addRemark("it is incomplete: no frame of it has END_STREAM");
    }
    if (responseHead != null && !response.hasEnded() && !reset) {
      response.addRemark("it is incomplete: no frame of it has END_STREAM");
    }
    if (responseHead == null) {
      remarks.add(reset ? "there is no response" : MissingResponse.reason(conversation));
    }
    return new HarExchange(
        requestHead == null ? unknownRequest() : request(requestHead),
        interim.stream().map(this::response).toList(),
        responseHead == null ? HarResponse.none() : response(responseHead),
        times(requestHead, responseHead),
        List.of(),
        List.copyOf(remarks));
  }

  private HarRequest unknownRequest() {
    if (upgraded != null) {
      return upgraded;
    }
    String authority = HarUrl.serverAuthority(conversation);
    String url = HarUrl.of(HarUrl.scheme(conversation), authority, "", "/");
    remarks.add("the stream has no request");
    return new HarRequest("", url, HarMessage.NONE);
  }

  private HarRequest request(Http2Frame head) {
    String method = Http2Message.field(head, ":method");
    String target = Http2Message.field(head, ":path");
    HarMessage message = request.of(conversation, head);
    if (target.equals("*")) {
      message = message.plusRemark(HarUrl.ASTERISK_REMARK);
    }
    String scheme = Http2Message.field(head, ":scheme");
    String authority = Http2Message.field(head, ":authority");
    String host = authority.isEmpty() ? message.header("host") : authority;
    String url =
        HarUrl.of(
            scheme.matches(SCHEME) ? scheme : HarUrl.scheme(conversation),
            host.isEmpty() ? HarUrl.serverAuthority(conversation) : host,
            method,
            target);
    return new HarRequest(method, url, message);
  }

  private HarResponse response(Http2Frame head) {
    String status = Http2Message.field(head, STATUS);
    int number = status.matches("[0-9]{3}") ? Integer.parseInt(status) : 0;
    return new HarResponse(number, "", response.of(conversation, head));
  }

  private ExchangeTimes times(@Nullable Http2Frame requestHead, @Nullable Http2Frame responseHead) {
    long start = Math.max(0, startNanos);
    long requestEnd =
        requestHead == null
            ? start
            : conversation.timestampNanos(requestHead.side(), request.endOffset() - 1);
    if (responseHead == null) {
      long end = reset ? endNanos : MissingResponse.nanos(conversation);
      return ExchangeTimes.of(start, requestEnd, OptionalLong.empty(), end);
    }
    return ExchangeTimes.of(
        start,
        requestEnd,
        OptionalLong.of(conversation.timestampNanos(Side.SERVER, responseHead.offset())),
        conversation.timestampNanos(Side.SERVER, response.endOffset() - 1));
  }
}

package dev.partyline.internal.report;

import dev.partyline.view.Flaw;
import dev.partyline.view.dns.Dns;
import dev.partyline.view.http.Curl;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http.Http1Message;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.resp.Resp;
import dev.partyline.view.tls.TlsMessages;
import dev.partyline.view.websocket.WebSocket;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the protocols of a conversation by its first bytes, and reads it as these. */
public final class ProtocolReadings {
  /** Longer conversations are not read: it takes longer than to look at their bytes. */
  private static final long MAX_BYTES = 4 << 20;

  private static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0");
  private static final String RESP_STARTS = "*+-:$%~>_#,(";

  private ProtocolReadings() {}

  /** Returns the protocols that the bytes may be of, most often one or none. */
  public static List<ProtocolReading> of(Conversation conversation) {
    List<ProtocolReading> readings = new ArrayList<>();
    long byteCount = conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER);
    if (byteCount == 0 || byteCount > MAX_BYTES) {
      return readings;
    }
    Bytes client = start(conversation, Side.CLIENT);
    if (conversation.transport() == Transport.UDP) {
      addDns(readings, conversation);
    } else if (client.startsWith(PREFACE)) {
      addHttp2(readings, Http2.of(conversation));
    } else if (client.size() > 2 && client.byteAt(0) == 0x16 && client.byteAt(1) == 3) {
      addTls(readings, TlsMessages.of(conversation));
    } else if (!addHttp1(readings, conversation) && !addResp(readings, conversation)) {
      addDns(readings, conversation);
    }
    return readings;
  }

  private static Bytes start(Conversation conversation, Side side) {
    boolean isKept =
        conversation.gaps().stream().noneMatch(gap -> gap.side() == side && gap.offset() < 16);
    long end = Math.min(16, conversation.byteCount(side));
    return isKept ? conversation.bytes(side, 0, end) : Bytes.EMPTY;
  }

  private static boolean addHttp1(List<ProtocolReading> readings, Conversation conversation) {
    Http1 http = Http1.of(conversation);
    List<Http1Message> messages =
        http.exchanges().stream()
            .flatMap(
                exchange ->
                    Stream.of(
                            exchange.request().stream(),
                            exchange.interim().stream(),
                            exchange.response().stream())
                        .flatMap(each -> each))
            .map(Http1Message.class::cast)
            .toList();
    if (messages.stream().noneMatch(message -> message.version().startsWith("HTTP/1"))) {
      return false;
    }
    List<ProtocolReading.ProtocolPart> parts =
        messages.stream()
            .map(each -> part(each.side(), each.offset(), each.endOffset(), each))
            .toList();
    readings.add(new ProtocolReading("HTTP/1", Curl.verbose(conversation), parts, http.flaws()));
    if (http.isUpgraded() && upgradesTo(messages, "websocket")) {
      addWebSocket(readings, WebSocket.of(conversation));
    } else if (http.isUpgraded() && upgradesTo(messages, "h2c")) {
      addHttp2(readings, Http2.of(conversation));
    }
    return true;
  }

  /** Returns whether a side named the protocol in its Upgrade header (RFC 9110, 7.8). */
  private static boolean upgradesTo(List<Http1Message> messages, String protocol) {
    return messages.stream()
        .flatMap(message -> message.headers("Upgrade").stream())
        .anyMatch(protocol::equalsIgnoreCase);
  }

  private static void addWebSocket(List<ProtocolReading> readings, WebSocket view) {
    add(
        readings,
        "WebSocket",
        view.frames().stream()
            .map(each -> part(each.side(), each.offset(), each.endOffset(), each))
            .toList(),
        view.flaws());
  }

  private static void addHttp2(List<ProtocolReading> readings, Http2 view) {
    add(
        readings,
        "HTTP/2",
        view.frames().stream()
            .map(each -> part(each.side(), each.offset(), each.endOffset(), each))
            .toList(),
        view.flaws());
  }

  private static boolean addResp(List<ProtocolReading> readings, Conversation conversation) {
    Bytes server = start(conversation, Side.SERVER);
    if (server.isEmpty() || RESP_STARTS.indexOf(server.byteAt(0)) < 0) {
      return false;
    }
    Resp view = Resp.of(conversation);
    return add(
        readings,
        "RESP",
        view.messages().stream()
            .map(each -> part(each.side(), each.offset(), each.endOffset(), each))
            .toList(),
        view.flaws());
  }

  /** Any twelve bytes are the head of a message, so only what has no flaw counts. */
  private static void addDns(List<ProtocolReading> readings, Conversation conversation) {
    Dns view = Dns.of(conversation);
    boolean isMalformed =
        view.flaws().stream().anyMatch(flaw -> flaw.kind() == Flaw.Kind.MALFORMED);
    if (!view.messages().isEmpty() && !isMalformed) {
      add(
          readings,
          "DNS",
          view.messages().stream()
              .map(each -> part(each.side(), each.offset(), each.endOffset(), each))
              .toList(),
          view.flaws());
    }
  }

  private static void addTls(List<ProtocolReading> readings, TlsMessages view) {
    List<ProtocolReading.ProtocolPart> parts =
        Stream.of(Side.values())
            .flatMap(side -> view.records(side).stream())
            .map(each -> part(each.side(), each.offset(), each.endOffset(), each))
            .toList();
    String hellos =
        Stream.of(view.clientHello(), view.serverHello())
            .flatMap(each -> each.stream())
            .map(hello -> hello + "\n")
            .reduce("", String::concat);
    String alerts = view.alerts().stream().map(alert -> alert + "\n").reduce("", String::concat);
    readings.add(new ProtocolReading("TLS", hellos + alerts, parts, view.flaws()));
  }

  private static boolean add(
      List<ProtocolReading> readings,
      String name,
      List<ProtocolReading.ProtocolPart> parts,
      List<Flaw> flaws) {
    boolean isRead = !parts.isEmpty() || flaws.stream().anyMatch(flaw -> flaw.offset() > 0);
    if (isRead) {
      readings.add(new ProtocolReading(name, "", parts, flaws));
    }
    return isRead;
  }

  private static ProtocolReading.ProtocolPart part(
      Side side, long offset, long endOffset, Object part) {
    return new ProtocolReading.ProtocolPart(side, offset, endOffset, part.toString());
  }
}

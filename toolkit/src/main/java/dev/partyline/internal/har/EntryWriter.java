package dev.partyline.internal.har;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.text.HostAndPort;
import dev.partyline.internal.text.IpText;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes the exchanges of a conversation as entries. */
final class EntryWriter {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int MICROS_SCALE = 6;

  private final JsonWriter json;
  private final Conversation conversation;
  private final Instant openedAt;
  private final String pageId;
  private final MessageWriter messages;

  /**
   * Creates a writer.
   *
   * @param openedAt when the conversation was opened
   * @param pageId the id of the page of all entries; empty if there is none
   * @param redaction masks what was compressed or encoded
   */
  EntryWriter(
      JsonWriter json,
      Conversation conversation,
      Instant openedAt,
      String pageId,
      UnaryOperator<Bytes> redaction) {
    this.json = json;
    this.conversation = conversation;
    this.openedAt = openedAt;
    this.pageId = pageId;
    this.messages = new MessageWriter(json, redaction);
  }

  void write(HarExchange exchange) throws IOException {
    ExchangeTimes times = exchange.times();
    json.beginObject();
    if (!pageId.isEmpty()) {
      json.member("pageref", pageId);
    }
    json.member("startedDateTime", HarTime.print(openedAt.plusNanos(times.startNanos())));
    json.member("time", times.total());
    json.name("request");
    messages.write(exchange.request());
    json.name("response");
    messages.write(exchange.response());
    json.name("cache").beginObject().endObject();
    writeTimings(times);
    writeAddress();
    json.member("connection", String.valueOf(conversation.number()));
    writeInterim(exchange.interim());
    writeWebSocket(exchange.messages());
    MessageWriter.writeComment(json, exchange.remarks());
    json.endObject();
  }

  private void writeTimings(ExchangeTimes times) {
    json.name("timings").beginObject();
    json.member("blocked", -1).member("dns", -1).member("connect", -1).member("ssl", -1);
    json.member("send", times.send()).member("wait", times.waitTime());
    json.member("receive", times.receive()).endObject();
  }

  private void writeAddress() {
    HostAndPort server = HostAndPort.parse(conversation.address(Side.SERVER));
    if (server != null && IpText.parse(server.host()) != null) {
      json.member("serverIPAddress", server.host());
    }
  }

  /** The format has no place for them, but leaves names with an underscore to those who write. */
  private void writeInterim(List<HarResponse> interim) throws IOException {
    if (!interim.isEmpty()) {
      json.name("_interimResponses").beginArray();
      for (HarResponse each : interim) {
        messages.write(each);
      }
      json.endArray();
    }
  }

  private void writeWebSocket(List<WebSocketMessage> webSocketMessages) {
    if (webSocketMessages.isEmpty()) {
      return;
    }
    json.member("_resourceType", "websocket").name("_webSocketMessages").beginArray();
    for (WebSocketMessage each : webSocketMessages) {
      json.beginObject().member("type", each.side() == Side.CLIENT ? "send" : "receive");
      json.member("time", seconds(openedAt.plusNanos(each.nanos())));
      json.member("opcode", each.opcode()).member("data", each.data()).endObject();
    }
    json.endArray();
  }

  private static BigDecimal seconds(Instant time) {
    long micros = time.getEpochSecond() * MICROS_PER_SECOND + time.getNano() / NANOS_PER_MICRO;
    return BigDecimal.valueOf(micros, MICROS_SCALE);
  }
}

package dev.partyline.report;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.report.ProtocolReadings;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.function.UnaryOperator;

/** The connections of a section as JSON. */
final class ConnectionData {
  /** What protocols read is no longer written where the rest of the page is as long as this. */
  private static final int MAX_CHARS = 1_500_000;

  private ConnectionData() {}

  static void write(
      JsonWriter json, int section, MaskedSection masked, UnaryOperator<String> mask) {
    for (Conversation conversation : masked.conversations()) {
      json.beginObject().member("section", section).member("number", conversation.number());
      json.member("transport", conversation.transport().toString());
      json.member("client", mask.apply(conversation.address(Side.CLIENT)));
      json.member("server", mask.apply(conversation.address(Side.SERVER)));
      json.member("open", conversation.isOpen());
      json.member(
          "passed",
          masked.section().passedBytes(conversation.number()).stream().mapToLong(Long::longValue));
      json.member(
          "tls", conversation.tlsSessions().stream().map(each -> mask.apply(each + "")).toList());
      json.name("readings").beginArray();
      if (json.length() < MAX_CHARS) {
        ProtocolReadings.of(conversation).forEach(reading -> reading.write(json));
      }
      json.endArray().endObject();
    }
  }
}

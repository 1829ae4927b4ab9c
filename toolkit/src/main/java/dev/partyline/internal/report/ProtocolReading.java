package dev.partyline.internal.report;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Side;
import java.util.List;

/**
 * What a protocol reads in a conversation.
 *
 * @param name the protocol, such as {@code HTTP/1}
 * @param text all of it as the view prints it; empty if the parts say the same
 * @param parts its parts in their order
 * @param flaws what is malformed or incomplete
 */
public record ProtocolReading(
    String name, String text, List<ProtocolPart> parts, List<Flaw> flaws) {
  private static final int MAX_TEXT_CHARS = 60_000;
  private static final int MAX_PARTS = 2_000;
  private static final int MAX_PART_CHARS = 300;

  /** A part of it, such as a message or a frame, and where its bytes are in what the side sent. */
  public record ProtocolPart(Side side, long offset, long endOffset, String text) {}

  /** Writes it, the end left out if it is long. */
  public void write(JsonWriter json) {
    json.beginObject().member("name", name).member("text", cut(text, MAX_TEXT_CHARS));
    json.member("omitted", Math.max(0, parts.size() - MAX_PARTS));
    json.name("parts").beginArray();
    parts.stream()
        .limit(MAX_PARTS)
        .forEach(part -> row(json, part.side(), part.offset(), part.endOffset(), part.text()));
    json.endArray().name("flaws").beginArray();
    flaws.forEach(
        flaw -> row(json, flaw.side(), flaw.offset(), flaw.offset() + 1, flaw.toString()));
    json.endArray().endObject();
  }

  private static void row(JsonWriter json, Side side, long offset, long endOffset, String text) {
    json.beginArray().value(side.ordinal()).value(offset).value(endOffset);
    json.value(cut(text, MAX_PART_CHARS)).endArray();
  }

  private static String cut(String text, int maxChars) {
    return text.length() <= maxChars
        ? text
        : text.substring(0, maxChars) + "… (" + (text.length() - maxChars) + " characters more)";
  }
}

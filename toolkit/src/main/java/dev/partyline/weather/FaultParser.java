package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads faults from their text: first what they do, then what they apply to. */
final class FaultParser {
  private static final String FORMS =
      Stream.of(FaultForm.values()).map(form -> form.words).collect(Collectors.joining(", "));

  /** The words of what a fault applies to, and what of it they set, which is set once. */
  private static final Map<String, String> TARGETS =
      Map.ofEntries(
          Map.entry("from client", "the side"),
          Map.entry("from server", "the side"),
          Map.entry("both ways", "the side"),
          Map.entry("on connections", "the connections"),
          Map.entry("on connection", "the connections"),
          Map.entry("on every", "every which connection"),
          Map.entry("from address", "the address"),
          Map.entry("from byte", "the start"),
          Map.entry("from datagram", "the start"),
          Map.entry("after", "the pattern"),
          Map.entry("must fire", "that it must fire"),
          Map.entry("named", "the name"));

  private FaultParser() {}

  /** Returns the first words of a fault's text, or all of it if it is a fault of the user's own. */
  static String kind(String text) {
    for (FaultForm form : FaultForm.values()) {
      if (text.equals(form.words) || text.startsWith(form.words + " ")) {
        return form.kind;
      }
    }
    return text;
  }

  static Fault parse(String text) {
    List<FaultTokens> parts = FaultTokens.split(text);
    if (parts.size() > 1) {
      throw new IllegalArgumentException(
          "fault (" + text + ") must be one; read several by Weather.parse");
    }
    return parse(parts.get(0));
  }

  static Fault parse(FaultTokens tokens) {
    return parse(tokens, "");
  }

  /**
   * Reads one fault.
   *
   * @param alternatives what could be there instead, for the message; may be empty
   */
  static Fault parse(FaultTokens tokens, String alternatives) {
    try {
      return parseTargets(parseImpairment(tokens, alternatives).asText(), tokens);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("fault (" + tokens.text() + "): " + e.getMessage(), e);
    }
  }

  private static Fault parseImpairment(FaultTokens tokens, String alternatives) {
    for (FaultForm form : FaultForm.values()) {
      if (tokens.accept(form.words)) {
        return form.parse(tokens);
      }
    }
    String nextWords =
        Stream.of(FaultForm.values())
            .map(form -> form.words.split(" ", 2))
            .filter(words -> words.length > 1 && tokens.isNext(words[0]))
            .map(words -> "'" + words[1] + "'")
            .collect(Collectors.joining(" or "));
    if (!nextWords.isEmpty()) {
      tokens.word("a fault");
      throw tokens.syntaxError(nextWords);
    }
    throw tokens.syntaxError("a fault (" + FORMS + ")" + alternatives);
  }

  private static Fault parseTargets(Fault plain, FaultTokens tokens) {
    Fault fault = plain;
    Set<String> seen = new HashSet<>();
    while (!tokens.isDone()) {
      String words = targetWords(tokens);
      String part = TARGETS.get(words);
      if (part != null && !seen.add(part)) {
        throw new IllegalArgumentException(
            "'" + words + "' must not set " + part + " once more: leave one out");
      }
      fault = parseTarget(fault, words, tokens);
    }
    return fault;
  }

  private static String targetWords(FaultTokens tokens) {
    for (String words : TARGETS.keySet()) {
      if (tokens.accept(words)) {
        return words;
      }
    }
    throw tokens.syntaxError(
        "nothing more, or from client, from server, both ways, on connections 1,3, on every 3,"
            + " from address 127.0.0.1, from byte 512, from datagram 5, after \"text\", must fire"
            + " or named \"name\"");
  }

  private static Fault parseTarget(Fault fault, String words, FaultTokens tokens) {
    return switch (words) {
      case "from client" -> fault.from(Side.CLIENT);
      case "from server" -> fault.from(Side.SERVER);
      case "both ways" -> fault.bothWays();
      case "on connections", "on connection" -> fault.onConnections(tokens.counts());
      case "on every" -> fault.onEveryNth(tokens.count());
      case "from address" -> fault.onClientAddress(tokens.word("an address such as 127.0.0.1"));
      case "from byte" -> fault.startingAtByte(tokens.number());
      case "from datagram" -> fault.startingAtDatagram(tokens.number());
      case "after" -> after(fault, tokens);
      case "must fire" -> fault.mustFire();
      default -> fault.named(tokens.quoted().utf8());
    };
  }

  private static Fault after(Fault fault, FaultTokens tokens) {
    Bytes pattern = tokens.quoted();
    if (tokens.accept("from client")) {
      return fault.after(pattern, Side.CLIENT);
    }
    return tokens.accept("from server") ? fault.after(pattern, Side.SERVER) : fault.after(pattern);
  }
}

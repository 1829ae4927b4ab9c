package dev.partyline.weather;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.Distribution;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads faults from their text: first what they do, then what they apply to. */
final class FaultParser {
  /** The first words of a fault. */
  private static final List<String> KINDS =
      List.of(
          "delay",
          "rate",
          "slice",
          "coalesce",
          "stall",
          "cut",
          "reset",
          "limit",
          "corrupt",
          "slow close",
          "connect delay",
          "lost segment",
          "refuse",
          "loss",
          "duplicate",
          "reorder");

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
    for (String kind : KINDS) {
      if (text.equals(kind) || text.startsWith(kind + " ")) {
        return kind;
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
    try {
      return parseTargets(parseImpairment(tokens), tokens);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("fault (" + tokens.text() + "): " + e.getMessage(), e);
    }
  }

  private static Fault parseImpairment(FaultTokens tokens) {
    for (String kind : KINDS) {
      if (tokens.accept(kind)) {
        return parseImpairment(kind, tokens);
      }
    }
    throw tokens.syntaxError("a fault (" + String.join(", ", KINDS) + ")");
  }

  private static Fault parseImpairment(String kind, FaultTokens tokens) {
    return switch (kind) {
      case "delay" -> delay(tokens);
      case "rate" -> Fault.rate(tokens.rate());
      case "slice" -> slice(tokens);
      case "coalesce" -> Fault.coalesce(tokens.time());
      case "stall" -> tokens.isTime() ? Fault.stall(tokens.time()) : Fault.stall();
      case "cut" -> cut(tokens, CloseType.FIN);
      case "reset" ->
          tokens.accept("first") ? Fault.resetFirst(tokens.count()) : cut(tokens, CloseType.RST);
      case "limit" -> Fault.limitData(tokens.bytes());
      case "corrupt" -> Fault.corrupt(tokens.probability());
      case "slow close" -> Fault.slowClose(tokens.time());
      case "connect delay" -> Fault.connectDelay(tokens.time());
      case "lost segment" -> lostSegment(tokens);
      case "loss" -> loss(tokens);
      case "duplicate" -> Fault.duplicate(tokens.probability());
      case "reorder" -> reorder(tokens);
      default -> Fault.refuse();
    };
  }

  private static Fault delay(FaultTokens tokens) {
    Duration time = tokens.time();
    if (!tokens.accept("jitter")) {
      return Fault.delay(time);
    }
    Duration jitter = tokens.time();
    if (tokens.accept("normal")) {
      return Fault.delay(time, jitter, Distribution.NORMAL);
    }
    if (tokens.accept("pareto")) {
      return Fault.delay(time, jitter, Distribution.PARETO);
    }
    tokens.accept("uniform");
    return Fault.delay(time, jitter);
  }

  private static Fault slice(FaultTokens tokens) {
    if (tokens.accept("at")) {
      long[] offsets = tokens.numbers();
      return tokens.accept("pause")
          ? Fault.sliceAt(tokens.time(), offsets)
          : Fault.sliceAt(offsets);
    }
    if (tokens.accept("randomly")) {
      int minSize = size(tokens.bytes());
      if (!tokens.accept("to")) {
        throw tokens.syntaxError("'to' and the maximum size, as in 1 to 100");
      }
      int maxSize = size(tokens.bytes());
      return tokens.accept("pause")
          ? Fault.sliceRandomly(minSize, maxSize, tokens.time())
          : Fault.sliceRandomly(minSize, maxSize);
    }
    int size = size(tokens.bytes());
    return tokens.accept("pause") ? Fault.slice(size, tokens.time()) : Fault.slice(size);
  }

  private static int size(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw ArgumentChecks.invalid("size", bytes, "at most 2147483647");
    }
    return (int) bytes;
  }

  private static Fault cut(FaultTokens tokens, CloseType closeType) {
    if (!tokens.accept("after")) {
      throw tokens.syntaxError(closeType == CloseType.FIN ? "'after'" : "'after' or 'first'");
    }
    if (tokens.isQuoted()) {
      return Fault.cutAfter(tokens.quoted(), closeType);
    }
    return tokens.isTime()
        ? Fault.cutAfter(tokens.time(), closeType)
        : Fault.cutAfter(tokens.bytes(), closeType);
  }

  private static Fault lostSegment(FaultTokens tokens) {
    double probability = tokens.probability();
    return tokens.accept("rto")
        ? Fault.lostSegment(probability, tokens.time())
        : Fault.lostSegment(probability);
  }

  private static Fault loss(FaultTokens tokens) {
    if (tokens.accept("every")) {
      return Fault.lossEvery(tokens.count());
    }
    if (!tokens.accept("gemodel")) {
      return Fault.loss(tokens.probability());
    }
    double p = tokens.probability();
    double r = tokens.probability();
    double bad = tokens.isProbability() ? tokens.probability() : 1;
    double good = tokens.isProbability() ? tokens.probability() : 0;
    return Fault.lossGilbertElliott(p, r, bad, good);
  }

  private static Fault reorder(FaultTokens tokens) {
    double probability = tokens.probability();
    int datagrams = tokens.accept("by") ? tokens.count() : 1;
    return tokens.accept("within")
        ? Fault.reorder(probability, datagrams, tokens.time())
        : Fault.reorder(probability, datagrams);
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
      case "after" -> fault.after(tokens.quoted());
      case "must fire" -> fault.mustFire();
      default -> fault.named(tokens.quoted().utf8());
    };
  }
}

package dev.partyline.weather;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.Distribution;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;

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
      return Fault.sliceAt(tokens.numbers());
    }
    if (tokens.accept("randomly")) {
      int minSize = size(tokens.bytes());
      if (!tokens.accept("to")) {
        throw tokens.syntaxError("'to' and the maximum size, as in 1 to 100");
      }
      return Fault.sliceRandomly(minSize, size(tokens.bytes()));
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
    while (!tokens.isDone()) {
      fault = parseTarget(fault, tokens);
    }
    return fault;
  }

  private static Fault parseTarget(Fault fault, FaultTokens tokens) {
    if (tokens.accept("from client")) {
      return fault.from(Side.CLIENT);
    } else if (tokens.accept("from server")) {
      return fault.from(Side.SERVER);
    } else if (tokens.accept("both ways")) {
      return fault.bothWays();
    } else if (tokens.accept("on connections") || tokens.accept("on connection")) {
      return fault.onConnections(tokens.counts());
    } else if (tokens.accept("on every")) {
      return fault.onEveryNth(tokens.count());
    } else if (tokens.accept("from address")) {
      return fault.onClientAddress(tokens.word("an address such as 127.0.0.1"));
    } else if (tokens.accept("from byte")) {
      return fault.startingAtByte(tokens.number());
    } else if (tokens.accept("from datagram")) {
      return fault.startingAtDatagram(tokens.number());
    } else if (tokens.accept("after")) {
      return fault.after(tokens.quoted());
    } else if (tokens.accept("must fire")) {
      return fault.mustFire();
    } else if (tokens.accept("named")) {
      return fault.named(tokens.quoted().utf8());
    }
    throw tokens.syntaxError(
        "nothing more, or from client, from server, both ways, on connections 1,3, on every 3,"
            + " from address 127.0.0.1, from byte 512, from datagram 5, after \"text\", must fire"
            + " or named \"name\"");
  }
}

package dev.partyline.weather;

import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;

/** Reads faults from their text: first what they do, then whom they concern. */
final class FaultParser {
  /** What faults begin with. */
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
          "dial delay",
          "lost segment",
          "refuse",
          "loss",
          "duplicate",
          "reorder");

  private FaultParser() {}

  /** Returns what kind of fault a text tells of, or all of it if it is of none known. */
  static String kind(String text) {
    for (String kind : KINDS) {
      if (text.equals(kind) || text.startsWith(kind + " ")) {
        return kind;
      }
    }
    return text;
  }

  static Fault fault(String text) {
    List<FaultTokens> all = FaultTokens.split(text);
    if (all.size() > 1) {
      throw new IllegalArgumentException(
          "fault (" + text + ") must be one; read several by Weather.parse");
    }
    return fault(all.get(0));
  }

  static Fault fault(FaultTokens words) {
    try {
      return targets(what(words), words);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("fault (" + words.text() + "): " + e.getMessage(), e);
    }
  }

  private static Fault what(FaultTokens words) {
    for (String kind : KINDS) {
      if (words.take(kind)) {
        return what(kind, words);
      }
    }
    throw words.wrong("a fault (" + String.join(", ", KINDS) + ")");
  }

  private static Fault what(String kind, FaultTokens words) {
    return switch (kind) {
      case "delay" -> delay(words);
      case "rate" -> Fault.rate(words.rate());
      case "slice" -> slice(words);
      case "coalesce" -> Fault.coalesce(words.time());
      case "stall" -> words.isTime() ? Fault.stall(words.time()) : Fault.stall();
      case "cut" -> cut(words, CloseType.FIN);
      case "reset" ->
          words.take("first") ? Fault.resetFirst(words.count()) : cut(words, CloseType.RST);
      case "limit" -> Fault.limit(words.bytes());
      case "corrupt" -> Fault.corrupt(words.probability());
      case "slow close" -> Fault.slowClose(words.time());
      case "dial delay" -> Fault.dialDelay(words.time());
      case "lost segment" -> lostSegment(words);
      case "loss" -> loss(words);
      case "duplicate" -> Fault.duplicate(words.probability());
      case "reorder" -> reorder(words);
      default -> Fault.refuse();
    };
  }

  private static Fault delay(FaultTokens words) {
    Duration time = words.time();
    if (!words.take("jitter")) {
      return Fault.delay(time);
    }
    Duration jitter = words.time();
    if (words.take("normal")) {
      return Fault.delay(time, jitter, Distribution.NORMAL);
    }
    if (words.take("pareto")) {
      return Fault.delay(time, jitter, Distribution.PARETO);
    }
    words.take("uniform");
    return Fault.delay(time, jitter);
  }

  private static Fault slice(FaultTokens words) {
    if (words.take("at")) {
      return Fault.sliceAt(words.numbers());
    }
    if (words.take("randomly")) {
      int least = size(words.bytes());
      if (!words.take("to")) {
        throw words.wrong("'to' and the largest size, as in 1 to 100");
      }
      return Fault.sliceRandomly(least, size(words.bytes()));
    }
    int size = size(words.bytes());
    return words.take("pause") ? Fault.slice(size, words.time()) : Fault.slice(size);
  }

  private static int size(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw ArgumentChecks.wrong("size", bytes, "at most 2147483647");
    }
    return (int) bytes;
  }

  private static Fault cut(FaultTokens words, CloseType how) {
    if (!words.take("after")) {
      throw words.wrong(how == CloseType.FIN ? "'after'" : "'after' or 'first'");
    }
    if (words.isQuoted()) {
      return Fault.cutAfter(words.quoted(), how);
    }
    return words.isTime() ? Fault.cutAfter(words.time(), how) : Fault.cutAfter(words.bytes(), how);
  }

  private static Fault lostSegment(FaultTokens words) {
    double probability = words.probability();
    return words.take("rto")
        ? Fault.lostSegment(probability, words.time())
        : Fault.lostSegment(probability);
  }

  private static Fault loss(FaultTokens words) {
    if (words.take("every")) {
      return Fault.lossGap(words.count());
    }
    if (!words.take("gemodel")) {
      return Fault.loss(words.probability());
    }
    double p = words.probability();
    double r = words.probability();
    double bad = words.isProbability() ? words.probability() : 1;
    double good = words.isProbability() ? words.probability() : 0;
    return Fault.lossBursts(p, r, bad, good);
  }

  private static Fault reorder(FaultTokens words) {
    double probability = words.probability();
    int others = words.take("by") ? words.count() : 1;
    return words.take("within")
        ? Fault.reorder(probability, others, words.time())
        : Fault.reorder(probability, others);
  }

  private static Fault targets(Fault plain, FaultTokens words) {
    Fault fault = plain;
    while (!words.isDone()) {
      fault = target(fault, words);
    }
    return fault;
  }

  private static Fault target(Fault fault, FaultTokens words) {
    if (words.take("from client")) {
      return fault.from(Side.CLIENT);
    } else if (words.take("from server")) {
      return fault.from(Side.SERVER);
    } else if (words.take("both ways")) {
      return fault.bothWays();
    } else if (words.take("on connections") || words.take("on connection")) {
      return fault.onConnections(words.counts());
    } else if (words.take("on every")) {
      return fault.onEveryNth(words.count());
    } else if (words.take("from address")) {
      return fault.fromAddress(words.word("an address such as 127.0.0.1"));
    } else if (words.take("from byte")) {
      return fault.fromByte(words.number());
    } else if (words.take("from datagram")) {
      return fault.fromDatagram(words.number());
    } else if (words.take("after")) {
      return fault.after(words.quoted());
    } else if (words.take("must fire")) {
      return fault.mustFire();
    } else if (words.take("named")) {
      return fault.named(words.quoted().utf8());
    }
    throw words.wrong(
        "nothing more, or from client, from server, both ways, on connections 1,3, on every 3,"
            + " from address 127.0.0.1, from byte 512, from datagram 5, after \"text\", must fire"
            + " or named \"name\"");
  }
}

package dev.partyline.weather;

import dev.partyline.internal.faults.ReorderImpairment;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.Distribution;
import java.time.Duration;
import java.util.function.Function;

/** The faults of the language, each by its first words; one that is longer is before a shorter. */
enum FaultForm {
  DELAY("delay", "", FaultForm::delay),
  RATE("rate", "", tokens -> Fault.rate(tokens.rate())),
  SLICE_AT("slice", "at", FaultForm::sliceAt),
  SLICE_RANDOMLY("slice", "randomly", FaultForm::sliceRandomly),
  SLICE("slice", "", FaultForm::slice),
  COALESCE("coalesce", "", tokens -> Fault.coalesce(tokens.time())),
  STALL("stall", "", FaultForm::stall),
  CUT_AFTER("cut", "after", tokens -> cutAfter(tokens, CloseType.FIN)),
  RESET_AFTER("reset", "after", tokens -> cutAfter(tokens, CloseType.RST)),
  RESET_FIRST("reset", "first", tokens -> Fault.resetFirst(tokens.count())),
  LIMIT("limit", "", tokens -> Fault.limitData(tokens.bytes())),
  CORRUPT_OF("corrupt", "of", tokens -> DatagramFaults.corruptOf(tokens.counts())),
  CORRUPT("corrupt", "", tokens -> Fault.corrupt(tokens.probability())),
  SLOW_CLOSE("slow close", "", tokens -> Fault.slowClose(tokens.time())),
  SLOW_READ("slow read", "", tokens -> Fault.slowRead(tokens.time())),
  CONNECT_DELAY("connect delay", "", tokens -> Fault.connectDelay(tokens.time())),
  LOST_SEGMENT("lost segment", "", FaultForm::lostSegment),
  PACKET_LOSS("packet loss", "", tokens -> Fault.packetLoss(tokens.probability())),
  REFUSE("refuse", "", tokens -> tokens.isTime() ? Fault.refuse(tokens.time()) : Fault.refuse()),
  LOSS_EVERY("loss", "every", tokens -> DatagramFaults.lossEvery(tokens.count())),
  LOSS_GEMODEL("loss", "gemodel", FaultForm::lossGilbertElliott),
  LOSS_OF("loss", "of", tokens -> DatagramFaults.lossOf(tokens.counts())),
  LOSS("loss", "", tokens -> DatagramFaults.loss(tokens.probability())),
  DUPLICATE_OF("duplicate", "of", tokens -> DatagramFaults.duplicateOf(tokens.counts())),
  DUPLICATE("duplicate", "", tokens -> DatagramFaults.duplicate(tokens.probability())),
  REORDER_OF("reorder", "of", FaultForm::reorderOf),
  REORDER("reorder", "", FaultForm::reorder);

  /** What reports call it. */
  final String kind;

  /** All its first words. */
  final String words;

  private final Function<FaultTokens, Fault> parser;

  FaultForm(String kind, String variant, Function<FaultTokens, Fault> parser) {
    this.kind = kind;
    this.words = variant.isEmpty() ? kind : kind + " " + variant;
    this.parser = parser;
  }

  /** Reads what comes after the first words. */
  Fault parse(FaultTokens tokens) {
    return parser.apply(tokens);
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

  private static Fault sliceAt(FaultTokens tokens) {
    long[] offsets = tokens.numbers();
    return tokens.accept("pause") ? Fault.sliceAt(tokens.time(), offsets) : Fault.sliceAt(offsets);
  }

  private static Fault sliceRandomly(FaultTokens tokens) {
    int minSize = size(tokens.bytes());
    if (!tokens.accept("to")) {
      throw tokens.syntaxError("'to' and the maximum size, as in 1 to 100");
    }
    int maxSize = size(tokens.bytes());
    return tokens.accept("pause")
        ? Fault.sliceRandomly(minSize, maxSize, tokens.time())
        : Fault.sliceRandomly(minSize, maxSize);
  }

  private static Fault slice(FaultTokens tokens) {
    int size = size(tokens.bytes());
    return tokens.accept("pause") ? Fault.slice(size, tokens.time()) : Fault.slice(size);
  }

  private static int size(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw ArgumentChecks.invalid("size", bytes, "at most 2147483647");
    }
    return (int) bytes;
  }

  private static Fault stall(FaultTokens tokens) {
    if (!tokens.isTime()) {
      return Fault.stall();
    }
    Duration time = tokens.time();
    return tokens.accept("on all connections") ? Fault.stallAll(time) : Fault.stall(time);
  }

  private static Fault cutAfter(FaultTokens tokens, CloseType closeType) {
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

  private static Fault lossGilbertElliott(FaultTokens tokens) {
    double p = tokens.probability();
    double r = tokens.probability();
    double bad = tokens.isProbability() ? tokens.probability() : 1;
    double good = tokens.isProbability() ? tokens.probability() : 0;
    return DatagramFaults.lossGilbertElliott(p, r, bad, good);
  }

  private static Fault reorderOf(FaultTokens tokens) {
    int[] numbers = tokens.counts();
    int datagrams = overtaking(tokens);
    return DatagramFaults.reorderOf(datagrams, timeout(tokens), numbers);
  }

  private static Fault reorder(FaultTokens tokens) {
    double probability = tokens.probability();
    int datagrams = overtaking(tokens);
    return DatagramFaults.reorder(probability, datagrams, timeout(tokens));
  }

  private static int overtaking(FaultTokens tokens) {
    return tokens.accept("by") ? tokens.count() : 1;
  }

  private static Duration timeout(FaultTokens tokens) {
    return tokens.accept("within") ? tokens.time() : ReorderImpairment.DEFAULT_TIMEOUT;
  }
}

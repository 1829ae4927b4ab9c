package dev.partyline.script.transcript;

import dev.partyline.script.LineEnd;
import dev.partyline.script.Part;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts placeholders into the lines of one connection, one line after the other. */
final class VaryingLines {
  /** Shorter values stand in many places by chance. */
  private static final int MIN_REPEATED_BYTES = 4;

  /** A player takes 100 in a line. */
  private static final int MAX_PLACEHOLDERS = 90;

  /** So that a connection with many values does not take the square of the time. */
  private static final int MAX_RECENT_VALUES = 32;

  private static final String ANONYMOUS = "*";

  private final VaryingParts varying;
  private final Map<Side, Bytes> originals;

  /** Values that get these names where the client first sends them. */
  private final Map<Bytes, String> knownValues;

  private final Map<Side, Integer> offsets = new EnumMap<>(Side.class);

  /** The names of what the client has sent, by value. */
  private final Map<Bytes, String> names = new HashMap<>();

  private final Set<String> usedNames = new HashSet<>();
  private final Map<String, Integer> nameCounts = new HashMap<>();
  private final Deque<Bytes> recentValues = new ArrayDeque<>();
  private final Set<String> fittedRules = new HashSet<>();

  /**
   * Makes the lines.
   *
   * @param knownValues values that get these names where the client first sends them
   * @param originals what each side sent, secrets included
   */
  VaryingLines(VaryingParts varying, Map<Bytes, String> knownValues, Map<Side, Bytes> originals) {
    this.varying = varying;
    this.knownValues = knownValues;
    this.originals = originals;
  }

  /** Returns the next steps, those of one message or event; only lines change. */
  List<Step> next(List<Step> message) {
    List<Step> result = new ArrayList<>();
    boolean startsMessage = true;
    for (Step step : message) {
      result.add(next(step, startsMessage));
      startsMessage &= !(step instanceof Step.Line);
    }
    return MaskedBulks.withAnyLength(result, message);
  }

  private Step next(Step step, boolean startsMessage) {
    if (!(step instanceof Step.Line line)) {
      return step;
    }
    Bytes masked =
        Bytes.join(
            line.parts().stream()
                .map(Part::content)
                .map(each -> each == null ? Bytes.EMPTY : each)
                .toList());
    int offset = offsets.getOrDefault(line.side(), 0);
    int endOffset = offset + masked.size();
    offsets.put(line.side(), endOffset + line.end().bytes().size());
    Bytes original = originals.getOrDefault(line.side(), Bytes.EMPTY).slice(offset, endOffset);
    List<Replacement> all = new ArrayList<>();
    addAll(all, rules(line, original, startsMessage));
    if (line.side() == Side.CLIENT) {
      knownValues.forEach((value, name) -> addKnown(all, original, value, name));
    }
    addAll(all, repeated(original));
    if (line.side() == Side.CLIENT) {
      addAll(all, secrets(original, masked));
    }
    all.sort(Comparator.comparingInt(Replacement::start));
    return all.isEmpty() ? line : withPlaceholders(line, masked, limited(all, line.side()));
  }

  /** Returns the rules that a line has fitted, as they were given. */
  Set<String> fittedRules() {
    return fittedRules;
  }

  /** Returns the names of what the client has sent, by value, but for those known before. */
  Map<Bytes, String> boundNames() {
    Map<Bytes, String> bound = new HashMap<>(names);
    bound.keySet().removeAll(knownValues.keySet());
    bound.keySet().removeIf(value -> value.size() < MIN_REPEATED_BYTES);
    return bound;
  }

  private static void addAll(List<Replacement> all, List<Replacement> more) {
    for (Replacement each : more) {
      if (all.stream().noneMatch(each::overlaps)) {
        all.add(each);
      }
    }
  }

  private List<Replacement> rules(Step.Line line, Bytes original, boolean startsMessage) {
    List<Replacement> result = new ArrayList<>();
    for (Replacement each : varying.find(line, original, startsMessage, fittedRules::add)) {
      if (each.size() == 0) {
        continue;
      }
      Bytes value = original.slice(each.start(), each.end());
      String name = names.get(value);
      boolean isNamed = each.placeholder().isCapturing();
      if (line.side() == Side.CLIENT) {
        result.add(isNamed ? each.named(name(each.placeholder().name(), value)) : each);
      } else if (isNamed && name != null) {
        result.add(each.named(name));
      }
    }
    return result;
  }

  /** Returns the name of a value; another one than that of an earlier value. */
  private String name(String base, Bytes value) {
    String known = names.get(value);
    if (known != null) {
      return known;
    }
    String name = base;
    while (!usedNames.add(name)) {
      name = base + "-" + (nameCounts.merge(base, 1, Integer::sum) + 1);
    }
    names.put(value, name);
    if (value.size() >= MIN_REPEATED_BYTES) {
      recentValues.addFirst(value);
    }
    if (recentValues.size() > MAX_RECENT_VALUES) {
      recentValues.removeLast();
    }
    return name;
  }

  /** A value gets its name only where a placeholder takes it. */
  private void addKnown(List<Replacement> all, Bytes original, Bytes value, String name) {
    List<Replacement> free =
        standing(original, value).stream()
            .filter(each -> all.stream().noneMatch(each::overlaps))
            .toList();
    if (!free.isEmpty()) {
      addAll(all, named(free, name(name, value)));
    }
  }

  private List<Replacement> repeated(Bytes original) {
    List<Replacement> result = new ArrayList<>();
    List<Bytes> longestFirst = new ArrayList<>(recentValues);
    longestFirst.sort(Comparator.comparingInt(Bytes::size).reversed());
    for (Bytes value : longestFirst) {
      addAll(result, named(standing(original, value), names.getOrDefault(value, ANONYMOUS)));
    }
    return result;
  }

  private static List<Replacement> named(List<Replacement> replacements, String name) {
    return replacements.stream().map(each -> each.named(name)).toList();
  }

  /** Returns where a value stands by itself. */
  static List<Replacement> standing(Bytes original, Bytes value) {
    List<Replacement> result = new ArrayList<>();
    for (int start = original.indexOf(value, 0);
        start >= 0;
        start = original.indexOf(value, start + 1)) {
      int end = start + value.size();
      if (!isWord(original, start - 1) && !isWord(original, end)) {
        addAll(result, List.of(anyText(start, end)));
      }
    }
    return result;
  }

  private static boolean isWord(Bytes bytes, int offset) {
    return offset >= 0 && offset < bytes.size() && Character.isLetterOrDigit(bytes.byteAt(offset));
  }

  /** Returns where the original has other bytes than the masked one, with asterisks around. */
  private static List<Replacement> secrets(Bytes original, Bytes masked) {
    List<Replacement> result = new ArrayList<>();
    int searched = 0;
    while (searched < original.size()) {
      int difference =
          original.slice(searched, original.size()).mismatch(masked.slice(searched, masked.size()));
      if (difference < 0) {
        break;
      }
      int start = searched + difference;
      int end = start + 1;
      while (start > searched && masked.byteAt(start - 1) == '*') {
        start--;
      }
      while (end < masked.size() && masked.byteAt(end) == '*') {
        end++;
      }
      result.add(anyText(start, end));
      searched = end;
    }
    return result;
  }

  private static Replacement anyText(int start, int end) {
    return new Replacement(start, end, new Part.Placeholder(ANONYMOUS, new Part.AnyText()));
  }

  private static List<Replacement> limited(List<Replacement> all, Side side) {
    if (all.size() <= MAX_PLACEHOLDERS) {
      return all;
    }
    List<Replacement> result = new ArrayList<>(all.subList(0, MAX_PLACEHOLDERS - 1));
    if (side == Side.SERVER) {
      return result;
    }
    int start = all.get(MAX_PLACEHOLDERS - 1).start();
    int end = all.get(all.size() - 1).end();
    Part.Count rest = new Part.Count(end - start);
    result.add(new Replacement(start, end, new Part.Placeholder(ANONYMOUS, rest)));
    return result;
  }

  private static Step.Line withPlaceholders(
      Step.Line line, Bytes masked, List<Replacement> replacements) {
    List<Part> parts = new ArrayList<>();
    int offset = 0;
    for (int i = 0; i < replacements.size(); i++) {
      Replacement each = replacements.get(i);
      if (each.start() > offset) {
        parts.add(new Part.Fixed(masked.slice(offset, each.start())));
      }
      offset = each.end();
      int nextStart = i + 1 < replacements.size() ? replacements.get(i + 1).start() : masked.size();
      boolean hasEnd =
          nextStart > offset || (offset == masked.size() && line.end() != LineEnd.NONE);
      parts.add(
          hasEnd && line.notation() == Step.Notation.TEXT
              ? each.placeholder()
              : new Part.Placeholder(each.placeholder().name(), new Part.Count(each.size())));
    }
    if (offset < masked.size()) {
      parts.add(new Part.Fixed(masked.slice(offset, masked.size())));
    }
    return new Step.Line(line.side(), line.notation(), parts, line.end(), line.timestamp());
  }
}

package dev.partyline.weather;

import dev.partyline.internal.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as a sentence. */
final class WeatherReportText {
  private static final int MAX_NAMED = 5;

  private WeatherReportText() {}

  static String of(List<FaultHits> allHits) {
    if (allHits.isEmpty()) {
      return "no fault was active";
    }
    List<String> clauses = new ArrayList<>();
    for (FaultHits hits : allHits) {
      clauses.add(label(hits.fault(), allHits) + " hit " + describe(hits));
    }
    return String.join("; ", clauses);
  }

  /** Returns the name of a fault, or its text if others have the same name. */
  private static String label(Fault fault, List<FaultHits> allHits) {
    long same = allHits.stream().filter(hits -> hits.fault().name().equals(fault.name())).count();
    return same == 1 ? fault.name() : fault.toString();
  }

  private static String describe(FaultHits hits) {
    long merges = hits.mergeCount();
    return describeHits(hits)
        + (merges == 0
            ? ""
            : ", and "
                + Quantity.of(merges, "slice")
                + (merges == 1 ? " was" : " were")
                + " not read apart from what was before");
  }

  private static String describeHits(FaultHits hits) {
    if (hits.count() == 0) {
      return hits.fault().isRefusal()
          ? "clients that the system does not count, if any"
          : "nothing";
    }
    Map<String, List<String>> connections = new LinkedHashMap<>();
    for (FaultHits.DirectionHits direction : hits.directions()) {
      if (direction.count() == 0) {
        continue;
      }
      String location =
          location(direction)
              + (hits.fault().target().sender() == null ? senderText(direction) : "");
      String name = "#" + direction.connection();
      List<String> names = connections.computeIfAbsent(location, key -> new ArrayList<>());
      // The two directions of a connection follow each other.
      if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
        names.add(name);
      }
    }
    List<String> all = new ArrayList<>();
    connections.forEach((location, names) -> all.add(connectionList(names) + " " + location));
    return String.join(", ", all);
  }

  private static String connectionList(List<String> names) {
    return (names.size() == 1 ? "connection " : "connections ") + enumerate(names, names.size());
  }

  private static String location(FaultHits.DirectionHits direction) {
    List<String> offsets = new ArrayList<>();
    for (Hit hit : direction.hits()) {
      if (hit.offset() >= 0) {
        offsets.add(Long.toString(hit.offset()));
      }
    }
    if (offsets.isEmpty()) {
      return direction.hits().get(0).detail();
    }
    String unit = direction.stream() ? "byte" : "datagram";
    return "at "
        + unit
        + (direction.count() == 1 ? " " : "s ")
        + enumerate(offsets, direction.count());
  }

  private static String senderText(FaultHits.DirectionHits direction) {
    return direction.hits().get(0).offset() < 0 ? "" : " from the " + direction.sender();
  }

  private static String enumerate(List<String> items, long count) {
    if (count == 1) {
      return items.get(0);
    }
    int shownCount = (int) Math.min(count <= MAX_NAMED ? count - 1 : MAX_NAMED, items.size());
    String last = count <= MAX_NAMED ? items.get(items.size() - 1) : (count - shownCount) + " more";
    return String.join(", ", items.subList(0, shownCount)) + " and " + last;
  }
}

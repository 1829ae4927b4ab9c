package dev.partyline.weather;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as a sentence. */
final class ReportText {
  private static final int NAMED = 5;

  private ReportText() {}

  static String of(List<FaultHits> rows) {
    if (rows.isEmpty()) {
      return "no fault was up";
    }
    List<String> clauses = new ArrayList<>();
    for (FaultHits row : rows) {
      clauses.add(label(row.fault(), rows) + " hit " + what(row));
    }
    return String.join("; ", clauses);
  }

  /** The name of a fault, or all of it where others have the same name. */
  private static String label(Fault fault, List<FaultHits> rows) {
    long same = rows.stream().filter(row -> row.fault().name().equals(fault.name())).count();
    return same == 1 ? fault.name() : fault.toString();
  }

  private static String what(FaultHits row) {
    if (row.strips().isEmpty()) {
      return "nothing";
    }
    Map<String, List<String>> connections = new LinkedHashMap<>();
    for (FaultHits.Strip strip : row.strips()) {
      String where = where(strip) + (row.fault().target().from() == null ? from(strip) : "");
      String name = strip.connection() == 0 ? "everybody" : "#" + strip.connection();
      List<String> names = connections.computeIfAbsent(where, key -> new ArrayList<>());
      // Both directions of a connection stand side by side.
      if (names.isEmpty() || !names.get(names.size() - 1).equals(name)) {
        names.add(name);
      }
    }
    List<String> all = new ArrayList<>();
    connections.forEach((where, names) -> all.add(whom(names) + " " + where));
    return String.join(", ", all);
  }

  private static String whom(List<String> names) {
    if (names.get(0).equals("everybody")) {
      return "everybody";
    }
    return (names.size() == 1 ? "connection " : "connections ") + row(names, names.size());
  }

  private static String where(FaultHits.Strip strip) {
    List<String> places = new ArrayList<>();
    for (Hit hit : strip.hits()) {
      if (hit.at() >= 0) {
        places.add(Long.toString(hit.at()));
      }
    }
    if (places.isEmpty()) {
      return strip.hits().get(0).detail();
    }
    String unit = strip.stream() ? "byte" : "datagram";
    return "at " + unit + (strip.count() == 1 ? " " : "s ") + row(places, strip.count());
  }

  private static String from(FaultHits.Strip strip) {
    return strip.hits().get(0).at() < 0 ? "" : " from the " + strip.from();
  }

  private static String row(List<String> items, long count) {
    if (count == 1) {
      return items.get(0);
    }
    int named = (int) Math.min(count <= NAMED ? count - 1 : NAMED, items.size());
    String last = count <= NAMED ? items.get(items.size() - 1) : (count - named) + " more";
    return String.join(", ", items.subList(0, named)) + " and " + last;
  }
}

package dev.partyline.weather;

import java.util.ArrayList;
import java.util.List;

/** The faults that are up at one moment, in order; each moment is another object. */
final class ActiveFaults {
  private final List<Up> ups;

  ActiveFaults(List<Up> ups) {
    this.ups = List.copyOf(ups);
  }

  List<Up> ups() {
    return ups;
  }

  ActiveFaults with(List<Up> more) {
    List<Up> all = new ArrayList<>(ups);
    all.addAll(more);
    return new ActiveFaults(all);
  }

  ActiveFaults without(List<Up> fewer) {
    List<Up> rest = new ArrayList<>(ups);
    rest.removeAll(fewer);
    return new ActiveFaults(rest);
  }

  boolean has(Up up) {
    return ups.contains(up);
  }
}

package dev.partyline.weather;

import java.util.ArrayList;
import java.util.List;

/** The faults that are up at one moment, in order; each moment is another object. */
final class Standing {
  private final List<Up> ups;

  Standing(List<Up> ups) {
    this.ups = List.copyOf(ups);
  }

  List<Up> ups() {
    return ups;
  }

  Standing with(List<Up> more) {
    List<Up> all = new ArrayList<>(ups);
    all.addAll(more);
    return new Standing(all);
  }

  Standing without(List<Up> fewer) {
    List<Up> rest = new ArrayList<>(ups);
    rest.removeAll(fewer);
    return new Standing(rest);
  }

  boolean has(Up up) {
    return ups.contains(up);
  }
}

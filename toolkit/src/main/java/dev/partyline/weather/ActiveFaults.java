package dev.partyline.weather;

import java.util.ArrayList;
import java.util.List;

/** The faults that are up at one moment, in order; each moment is another object. */
final class ActiveFaults {
  private final List<ActiveFault> ups;

  ActiveFaults(List<ActiveFault> ups) {
    this.ups = List.copyOf(ups);
  }

  List<ActiveFault> ups() {
    return ups;
  }

  ActiveFaults with(List<ActiveFault> more) {
    List<ActiveFault> all = new ArrayList<>(ups);
    all.addAll(more);
    return new ActiveFaults(all);
  }

  ActiveFaults without(List<ActiveFault> fewer) {
    List<ActiveFault> rest = new ArrayList<>(ups);
    rest.removeAll(fewer);
    return new ActiveFaults(rest);
  }

  boolean has(ActiveFault up) {
    return ups.contains(up);
  }
}

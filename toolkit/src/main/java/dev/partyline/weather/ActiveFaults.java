package dev.partyline.weather;

import java.util.ArrayList;
import java.util.List;

/** The faults that are active at one moment, in order. */
final class ActiveFaults {
  private final List<ActiveFault> faults;

  ActiveFaults(List<ActiveFault> faults) {
    this.faults = List.copyOf(faults);
  }

  List<ActiveFault> faults() {
    return faults;
  }

  ActiveFaults with(List<ActiveFault> newFaults) {
    List<ActiveFault> all = new ArrayList<>(faults);
    all.addAll(newFaults);
    return new ActiveFaults(all);
  }

  ActiveFaults without(List<ActiveFault> removedFaults) {
    List<ActiveFault> remaining = new ArrayList<>(faults);
    remaining.removeAll(removedFaults);
    return new ActiveFaults(remaining);
  }

  boolean contains(ActiveFault activeFault) {
    return faults.contains(activeFault);
  }
}

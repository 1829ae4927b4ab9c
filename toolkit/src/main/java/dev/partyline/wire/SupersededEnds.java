package dev.partyline.wire;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the ends that a fault has caused, and after which the side went on. */
final class SupersededEnds {
  private final Iterator<Termination> terminations;
  private final Map<Side, Termination> faultEnds = new EnumMap<>(Side.class);
  private final Set<Termination> superseded = new HashSet<>();

  private SupersededEnds(List<Termination> ledger) {
    this.terminations = ledger.iterator();
  }

  static Set<Termination> of(Conversation conversation) {
    List<Termination> ledger = conversation.ledger();
    if (ledger.stream().noneMatch(each -> each.kind() == Termination.Kind.FAULT)) {
      return Set.of();
    }
    SupersededEnds ends = new SupersededEnds(ledger);
    conversation.forEachEvent(ends::add);
    return ends.superseded;
  }

  private void add(Event event) {
    if (event instanceof Event.TlsStarted) {
      return;
    }
    Termination faultEnd = faultEnds.remove(event.side());
    if (faultEnd != null) {
      superseded.add(faultEnd);
    }
    if (event instanceof Event.Fin || event instanceof Event.Rst) {
      Termination termination = terminations.next();
      if (termination.kind() == Termination.Kind.FAULT) {
        faultEnds.put(event.side(), termination);
      }
    }
  }
}

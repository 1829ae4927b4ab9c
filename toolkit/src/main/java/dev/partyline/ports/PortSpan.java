package dev.partyline.ports;

/** The ports from a first one to a last one; none if the last is below the first. */
record PortSpan(int first, int last) {
  int size() {
    return Math.max(0, last - first + 1);
  }

  /** Returns what remains without the ports of another span: what is below it, or what is above. */
  PortSpan without(PortSpan other) {
    PortSpan below = new PortSpan(first, Math.min(last, other.first - 1));
    PortSpan above = new PortSpan(Math.max(first, other.last + 1), last);
    return below.size() >= above.size() ? below : above;
  }
}

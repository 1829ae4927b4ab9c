package dev.partyline.weather;

/** Nobody listens: the system refuses a connect, and answers a datagram by ICMP. */
record Refuse() implements ConnectImpairment {
  @Override
  public Admission admit(int nth) {
    return Admission.FREE;
  }

  @Override
  public String toString() {
    return "refuse";
  }
}

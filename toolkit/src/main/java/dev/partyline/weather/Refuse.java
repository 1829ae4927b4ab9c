package dev.partyline.weather;

/** Nobody listens: the system refuses a connect, and answers a datagram by ICMP. */
record Refuse() implements ConnectImpairment {
  @Override
  public Admission admit(int nth) {
    return Admission.IMMEDIATE;
  }

  @Override
  public String toString() {
    return "refuse";
  }
}

package dev.partyline.wire;

/** How a side's direction of a connection came to its end. */
public enum TerminationKind {
  /** It sent a FIN: it says nothing more, but may still listen (RFC 9293, 3.6). */
  FIN,
  /** It sent an RST: it threw the connection away (RFC 9293, 3.5.3). */
  RST,
  /** It did not answer, or not go on, in time. */
  TIMED_OUT,
  /** It could not be reached: nobody listened there. */
  REFUSED,
  /** It was ended between the two sides by a fault that a test had asked for. */
  FAULT
}

package dev.partyline.filter;

import java.util.Locale;

/** The state of a TCP connection (RFC 9293, 3.3.2). */
public enum TcpState {
  /** Waits for anybody to connect. */
  LISTEN,
  /** Has asked for a connection. */
  SYN_SENT,
  /** Was asked for one and has said yes, and waits for the last word of the handshake. */
  SYN_RECEIVED,
  /** Open in both directions. */
  ESTABLISHED,
  /** Has sent a FIN that is not acknowledged yet. */
  FIN_WAIT_1,
  /** Has sent a FIN, and waits for that of its peer. */
  FIN_WAIT_2,
  /** Was sent a FIN, and waits for its own program to close. */
  CLOSE_WAIT,
  /** Both have sent a FIN at once; the acknowledgement is yet to come. */
  CLOSING,
  /** Has answered a FIN by its own, which is not acknowledged yet. */
  LAST_ACK,
  /** Is over, and kept so that late segments find nobody else. */
  TIME_WAIT,
  /** There is no connection. */
  CLOSED;

  /** Returns the word that stands for it in a filter, such as {@code close-wait}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package dev.partyline.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The state of a TCP connection (RFC 9293, 3.3.2). */
public enum TcpState {
  /** Waits for a connection. */
  LISTEN,
  /** Has sent a SYN. */
  SYN_SENT,
  /** Has received a SYN and sent its own, which is not acknowledged yet. */
  SYN_RECEIVED,
  /** Open in both directions. */
  ESTABLISHED,
  /** Has sent a FIN that is not acknowledged yet. */
  FIN_WAIT_1,
  /** Has sent a FIN, and waits for the peer's. */
  FIN_WAIT_2,
  /** Has received a FIN, and waits until its own program closes. */
  CLOSE_WAIT,
  /** Both have sent a FIN at the same time; its own is not acknowledged yet. */
  CLOSING,
  /** Has received a FIN and then sent its own, which is not acknowledged yet. */
  LAST_ACK,
  /** Is closed, and kept so that late segments do not reach a new connection. */
  TIME_WAIT,
  /** There is no connection. */
  CLOSED;

  /** Other spellings in ss and netstat on any system. */
  private static final Map<String, TcpState> ALIASES =
      Map.of(
          "listening", LISTEN,
          "syn-recv", SYN_RECEIVED,
          "syn-rcvd", SYN_RECEIVED,
          "estab", ESTABLISHED,
          "fin-wait1", FIN_WAIT_1,
          "fin-wait2", FIN_WAIT_2,
          "close", CLOSED,
          "unconn", CLOSED);

  /** Returns the word for it in a filter, such as {@code close-wait}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the state of a lower-case word; null if it is not a state. */
  static @Nullable TcpState named(String word) {
    String dashed = word.replace('_', '-');
    return Arrays.stream(values())
        .filter(each -> each.word().equals(dashed))
        .findFirst()
        .orElse(ALIASES.get(dashed));
  }

  /** Returns the words of all states, with commas between them. */
  static String words() {
    return Arrays.stream(values()).map(TcpState::word).collect(Collectors.joining(", "));
  }
}

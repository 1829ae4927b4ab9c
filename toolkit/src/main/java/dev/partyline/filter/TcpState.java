package dev.partyline.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** Where ss and netstat spell a state otherwise, on any system. */
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

  /** Returns the word that stands for it in a filter, such as {@code close-wait}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the state that a word in small letters stands for; null if it is none. */
  static @Nullable TcpState named(String word) {
    String dashed = word.replace('_', '-');
    return Arrays.stream(values())
        .filter(each -> each.word().equals(dashed))
        .findFirst()
        .orElse(ALIASES.get(dashed));
  }

  /** Returns the words of all of them, with a comma between two. */
  static String words() {
    return Arrays.stream(values()).map(TcpState::word).collect(Collectors.joining(", "));
  }
}

package dev.partyline.watch;

import dev.partyline.filter.TcpState;
import dev.partyline.wire.Transport;
import java.util.Locale;

/** What the numbers of a row mean, as one plain sentence. */
final class Explanation {
  private static final String NOT_ACCEPTED = "the server has not called accept";

  private final ConnectionRow row;
  private final long unread;
  private final long unsent;

  private Explanation(ConnectionRow row) {
    this.row = row;
    unread = row.receiveQueue();
    unsent = row.sendQueue();
  }

  static String of(ConnectionRow row) {
    String words = new Explanation(row).words();
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private String words() {
    TcpState state = row.state();
    if (state == null) {
      return row.transport() == Transport.UDP ? datagrams() : unix();
    }
    return switch (state) {
      case LISTEN ->
          unread == 0
              ? ""
              : count(unread, "connection") + (unread == 1 ? " waits" : " wait") + " for accept";
      case SYN_SENT -> "nobody has answered the SYN yet" + again(", which was sent again ");
      case SYN_RECEIVED ->
          "the ACK that ends the handshake has not come yet"
              + again(", and the SYN-ACK was sent again ");
      case ESTABLISHED -> established();
      case CLOSE_WAIT -> closeWait();
      case FIN_WAIT_1 -> "this side has closed, and its FIN is not acknowledged yet" + ahead();
      case CLOSING ->
          "both sides have closed at once, and the FIN of this one is not acknowledged"
              + " yet"
              + ahead();
      case LAST_ACK ->
          "the peer has closed, then this side, whose FIN is not acknowledged yet" + ahead();
      case FIN_WAIT_2 -> "this side has closed, and the peer has not" + left(", forgotten in ");
      case TIME_WAIT ->
          "closed, by this side first, and kept for late segments" + left(" for another ");
      case CLOSED -> "";
    };
  }

  private String established() {
    if (isNotAccepted()) {
      String there = count(unread, "byte") + (unread == 1 ? " is" : " are") + " there already";
      return "the handshake is done, and " + NOT_ACCEPTED + (unread == 0 ? "" : "; " + there);
    }
    String read = unread == 0 ? "" : "the program has not read " + count(unread, "byte");
    return read + (read.isEmpty() || unsent == 0 ? "" : ", and ") + unacknowledged();
  }

  private String closeWait() {
    String fin = "the peer has sent a FIN, and ";
    String what = isNotAccepted() ? NOT_ACCEPTED + " yet" : "this program has not closed yet";
    String queue = "";
    if (unread == 1) {
      queue = "; the one byte in Recv-Q is the FIN";
    } else if (unread > 1) {
      queue = "; it has not read " + count(unread - 1, "byte") + ", and one in Recv-Q is the FIN";
    }
    return fin + what + queue + (unsent == 0 ? "" : "; " + unacknowledged());
  }

  private String unacknowledged() {
    return unsent == 0 ? "" : "the peer has not acknowledged " + count(unsent, "byte") + window();
  }

  private String datagrams() {
    String read = "datagrams that the program has not read take " + count(unread, "byte");
    String sent = "datagrams that are not sent yet take " + count(unsent, "byte");
    if (unread > 0 && unsent > 0) {
      return read + ", and " + sent;
    }
    return unread > 0 ? read : unsent > 0 ? sent : "";
  }

  private String unix() {
    UnixSocket unix = row.unix();
    return unix != null && unix.isConnecting() && row.inode() == 0
        ? "connected, and " + NOT_ACCEPTED
        : "";
  }

  private boolean isNotAccepted() {
    return row.inode() == 0;
  }

  /** Whether the peer has no room for more, or does not answer. */
  private String window() {
    return row.counts().timer() == SocketCounters.PROBE
        ? ", for its receive window is shut"
        : again(", sent again ");
  }

  private String again(String words) {
    long times = row.retransmits();
    return times == 0 ? "" : words + (times == 1 ? "once" : times + " times");
  }

  /** What is to come ahead of the FIN, which counts as one. */
  private String ahead() {
    return unsent > 1 ? ", nor are " + count(unsent - 1, "byte") + " ahead of it" : "";
  }

  private String left(String words) {
    long millis = row.timeLeft().toMillis();
    return row.counts().timer() == SocketCounters.TIME_WAIT
        ? words + String.format(Locale.ROOT, "%.2f s", millis / 1000.0)
        : "";
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}

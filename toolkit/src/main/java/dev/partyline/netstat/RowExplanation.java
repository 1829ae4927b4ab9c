package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Transport;
import java.util.Locale;

/** What the numbers of a row mean, as a sentence. */
final class RowExplanation {
  private static final String NOT_ACCEPTED = "the server has not called accept";

  private final ConnectionRow row;
  private final long receiveQueue;
  private final long sendQueue;

  private RowExplanation(ConnectionRow row) {
    this.row = row;
    receiveQueue = row.receiveQueue();
    sendQueue = row.sendQueue();
  }

  static String of(ConnectionRow row) {
    String sentence = new RowExplanation(row).sentence();
    return sentence.isEmpty()
        ? ""
        : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".";
  }

  private String sentence() {
    TcpState state = row.state();
    if (state == null) {
      return row.transport() == Transport.UDP ? datagrams() : unix();
    }
    return switch (state) {
      case LISTEN ->
          receiveQueue == 0
              ? ""
              : Quantity.of(receiveQueue, "connection")
                  + (receiveQueue == 1 ? " waits" : " wait")
                  + " for accept";
      case SYN_SENT -> "the SYN has no answer yet" + retransmitted(", and was sent again ");
      case SYN_RECEIVED ->
          "the ACK that ends the handshake has not come yet"
              + retransmitted(", and the SYN-ACK was sent again ");
      case ESTABLISHED -> established();
      case CLOSE_WAIT -> closeWait();
      case FIN_WAIT_1 ->
          "this side has closed, and its FIN is not acknowledged yet" + bytesBeforeFin();
      case CLOSING ->
          "both sides have closed at once, and the FIN of this one is not acknowledged"
              + " yet"
              + bytesBeforeFin();
      case LAST_ACK ->
          "the peer has closed, then this side, whose FIN is not acknowledged yet"
              + bytesBeforeFin();
      case FIN_WAIT_2 -> "this side has closed, and the peer has not" + timeLeft(", forgotten in ");
      case TIME_WAIT ->
          "closed, by this side first, and kept for late segments" + timeLeft(" for another ");
      case CLOSED -> "";
    };
  }

  private String established() {
    if (isNotAccepted()) {
      String queuedText =
          Quantity.of(receiveQueue, "byte")
              + (receiveQueue == 1 ? " is" : " are")
              + " there already";
      return "the handshake is done, and "
          + NOT_ACCEPTED
          + (receiveQueue == 0 ? "" : "; " + queuedText);
    }
    String unreadText =
        receiveQueue == 0 ? "" : "the program has not read " + Quantity.of(receiveQueue, "byte");
    return unreadText + (unreadText.isEmpty() || sendQueue == 0 ? "" : ", and ") + unacknowledged();
  }

  private String closeWait() {
    String fin = "the peer has sent a FIN, and ";
    String pendingCall =
        isNotAccepted() ? NOT_ACCEPTED + " yet" : "this program has not closed yet";
    String queueText = "";
    if (receiveQueue == 1) {
      queueText = "; the one byte in Recv-Q is the FIN";
    } else if (receiveQueue > 1) {
      queueText =
          "; it has not read "
              + Quantity.of(receiveQueue - 1, "byte")
              + ", and one in Recv-Q is the FIN";
    }
    return fin + pendingCall + queueText + (sendQueue == 0 ? "" : "; " + unacknowledged());
  }

  private String unacknowledged() {
    return sendQueue == 0
        ? ""
        : "the peer has not acknowledged " + Quantity.of(sendQueue, "byte") + window();
  }

  private String datagrams() {
    String unreadText =
        "datagrams that the program has not read take " + Quantity.of(receiveQueue, "byte");
    String unsentText = "datagrams that are not sent yet take " + Quantity.of(sendQueue, "byte");
    if (receiveQueue > 0 && sendQueue > 0) {
      return unreadText + ", and " + unsentText;
    }
    return receiveQueue > 0 ? unreadText : sendQueue > 0 ? unsentText : "";
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

  /** Returns whether the peer has no room for more, or does not answer. */
  private String window() {
    return row.counters().timer() == SocketCounters.PROBE
        ? ", because its receive window is zero"
        : retransmitted(", sent again ");
  }

  private String retransmitted(String prefix) {
    long times = row.retransmits();
    return times == 0 ? "" : prefix + (times == 1 ? "once" : times + " times");
  }

  /** Returns how many bytes precede the FIN, which counts as one. */
  private String bytesBeforeFin() {
    return sendQueue > 1 ? ", nor are " + Quantity.of(sendQueue - 1, "byte") + " before it" : "";
  }

  private String timeLeft(String prefix) {
    long millis = row.timeLeft().toMillis();
    return row.counters().timer() == SocketCounters.TIME_WAIT
        ? prefix + String.format(Locale.ROOT, "%.2f s", millis / 1000.0)
        : "";
  }
}

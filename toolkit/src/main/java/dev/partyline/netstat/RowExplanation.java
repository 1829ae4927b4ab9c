package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Transport;
import java.util.Locale;

/** What the numbers of a row mean, as a sentence. */
final class RowExplanation {
  private static final String NOT_ACCEPTED = "the server has not called accept";

  /** What the peer's FIN counts for in Recv-Q, until the program has read up to it. */
  private static final int PEER_FIN = 1;

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
      case LISTEN -> listen();
      case SYN_SENT -> synSent();
      case SYN_RECEIVED ->
          "the ACK that ends the handshake has not come yet"
              + retransmitted(", and the SYN-ACK was sent again ");
      case ESTABLISHED -> established();
      case CLOSE_WAIT -> closeWait();
      case FIN_WAIT_1 ->
          thisSideHasEnded()
              + ", and its FIN is not acknowledged yet"
              + bytesBeforeFin()
              + unread(0);
      case CLOSING ->
          "both sides have sent a FIN at once, and that of this one is not acknowledged yet"
              + bytesBeforeFin()
              + unread(PEER_FIN);
      case LAST_ACK ->
          "the peer has sent a FIN, then this side, whose FIN is not acknowledged yet"
              + bytesBeforeFin()
              + unread(PEER_FIN);
      case FIN_WAIT_2 ->
          thisSideHasEnded()
              + ", and the peer has not sent a FIN"
              + timeLeft(", forgotten in ")
              + unread(0);
      case TIME_WAIT ->
          "both sides have sent a FIN, this one first; kept for late segments"
              + timeLeft(" for another ");
      case CLOSED -> "";
    };
  }

  private String listen() {
    String pendingText =
        receiveQueue == 0
            ? ""
            : Quantity.of(receiveQueue, "connection")
                + (receiveQueue == 1 ? " waits" : " wait")
                + " for accept";
    int clients = row.handshakePeers().size();
    return clients == 0
        ? pendingText
        : pendingText
            + ", and the backlog is full: "
            + Quantity.of(clients, "SYN")
            + (clients == 1 ? " has" : " have")
            + " no answer yet";
  }

  private String synSent() {
    String noAnswer = "the SYN has no answer yet" + retransmitted(", and was sent again ");
    return row.handshakePeers().stream()
        .findFirst()
        .map(
            listener ->
                noAnswer
                    + ", because the backlog of "
                    + AddressText.literal(listener.local())
                    + " is full: "
                    + new RowExplanation(listener).listen())
        .orElse(noAnswer);
  }

  /** A socket that a program still has open was not closed: its input may go on. */
  private String thisSideHasEnded() {
    if (row.inode() == 0) {
      return "this side has closed";
    }
    return row.inode() > 0 ? "this side has shut down its output" : "this side has sent a FIN";
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

  /**
   * Returns how many bytes the program has not read.
   *
   * @param finBytes what the peer's FIN counts for
   */
  private String unread(int finBytes) {
    return receiveQueue > finBytes
        ? "; the program has not read " + Quantity.of(receiveQueue - finBytes, "byte")
        : "";
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

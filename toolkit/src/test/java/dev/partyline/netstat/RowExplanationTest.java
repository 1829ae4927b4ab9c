package dev.partyline.netstat;

import static dev.partyline.netstat.Tables.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.filter.TcpState;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RowExplanationTest {
  private static final int ESTABLISHED = 1;
  private static final int CLOSE_WAIT = 8;

  private static String explanation(String line) {
    return Tables.tcp(line).rows().get(0).explanation();
  }

  @Test
  void saysNothingWhereThereIsNothingToSay() {
    assertThat(explanation(line(ESTABLISHED, 1, 2, 0, 0, 9))).isEmpty();
    assertThat(explanation(line(10, 80, 0, 0, 0, 9))).isEmpty();
    assertThat(Tables.tcp(line(10, 80, 0, 0, 0, 9)).explanations()).isEmpty();
  }

  @Test
  void countsWhatWaitsForAccept() {
    assertThat(explanation(line(10, 80, 0, 0, 1, 9))).isEqualTo("1 connection waits for accept.");
    assertThat(explanation(line(10, 80, 0, 0, 3, 9))).isEqualTo("3 connections wait for accept.");
  }

  @Test
  void explainsAConnectionThatIsNotAccepted() {
    assertThat(explanation(line(ESTABLISHED, 1, 2, 0, 0, 0)))
        .isEqualTo("The handshake is done, and the server has not called accept.");
    assertThat(explanation(line(ESTABLISHED, 1, 2, 0, 5, 0)))
        .isEqualTo(
            "The handshake is done, and the server has not called accept; 5 bytes are there"
                + " already.");
    assertThat(explanation(line(CLOSE_WAIT, 1, 2, 0, 1, 0)))
        .isEqualTo(
            "The peer has sent a FIN, and the server has not called accept yet; the one byte in"
                + " Recv-Q is the FIN.");
  }

  @Test
  void doesNotTakeAnUnknownInodeForAConnectionThatIsNotAccepted() {
    var local = new InetSocketAddress("127.0.0.1", 1);
    ConnectionRow row = ConnectionRow.tcp(TcpState.ESTABLISHED, local, local);
    assertThat(row.explanation()).isEmpty();
  }

  @Test
  void countsWhatIsNotReadAndNotAcknowledged() {
    assertThat(explanation(line(ESTABLISHED, 1, 2, 0, 1, 9)))
        .isEqualTo("The program has not read 1 byte.");
    assertThat(explanation(line(ESTABLISHED, 1, 2, 7, 0, 9, 1, 20, 2)))
        .isEqualTo("The peer has not acknowledged 7 bytes, sent again 2 times.");
    assertThat(explanation(line(ESTABLISHED, 1, 2, 7, 3, 9, 4, 20, 0)))
        .isEqualTo(
            "The program has not read 3 bytes, and the peer has not acknowledged 7 bytes,"
                + " because its receive window is zero.");
  }

  @Test
  void distinguishesAFinFromAByte() {
    assertThat(explanation(line(CLOSE_WAIT, 1, 2, 0, 0, 9)))
        .isEqualTo("The peer has sent a FIN, and this program has not closed yet.");
    assertThat(explanation(line(CLOSE_WAIT, 1, 2, 0, 1, 9)))
        .isEqualTo(
            "The peer has sent a FIN, and this program has not closed yet; the one byte in Recv-Q"
                + " is the FIN.");
    assertThat(explanation(line(CLOSE_WAIT, 1, 2, 4, 6, 9)))
        .isEqualTo(
            "The peer has sent a FIN, and this program has not closed yet; it has not read 5"
                + " bytes, and one in Recv-Q is the FIN; the peer has not acknowledged 4 bytes.");
    assertThat(explanation(line(4, 1, 2, 1, 0, 9)))
        .isEqualTo("This side has closed, and its FIN is not acknowledged yet.");
    assertThat(explanation(line(9, 1, 2, 3, 0, 9)))
        .isEqualTo(
            "The peer has closed, then this side, whose FIN is not acknowledged yet, nor are 2"
                + " bytes before it.");
  }

  @Test
  void countsTheSecondsThatAreLeft() {
    assertThat(explanation(line(6, 1, 2, 0, 0, 0, 3, 5993, 0)))
        .isEqualTo("Closed, by this side first, and kept for late segments for another 59.93 s.");
    assertThat(explanation(line(5, 1, 2, 0, 0, 0, 3, 150, 0)))
        .isEqualTo("This side has closed, and the peer has not, forgotten in 1.50 s.");
    assertThat(explanation(line(5, 1, 2, 0, 0, 9)))
        .isEqualTo("This side has closed, and the peer has not.");
  }

  @Test
  void explainsAHandshakeThatHangs() {
    assertThat(explanation(line(2, 1, 2, 1, 0, 9, 1, 90, 0)))
        .isEqualTo("The SYN has no answer yet.");
    assertThat(explanation(line(2, 1, 2, 1, 0, 9, 1, 90, 1)))
        .isEqualTo("The SYN has no answer yet, and was sent again once.");
    assertThat(explanation(line(3, 1, 2, 0, 0, 0, 1, 90, 0)))
        .isEqualTo("The ACK that ends the handshake has not come yet.");
  }

  @Test
  void explainsDatagramsAndUnixDomainSocketsThatWait() {
    assertThat(Tables.udp(line(7, 53, 0, 0, 832, 9)).rows().get(0).explanation())
        .isEqualTo("Datagrams that the program has not read take 832 bytes.");
    String connectingLine = "0000000000000001: 00000003 00000000 00000000 0001 02     0 /x";
    assertThat(Tables.unix(connectingLine).explanations())
        .isEqualTo("unix /x CONNECTING: Connected, and the server has not called accept.");
  }

  @Test
  void joinsALinePerRowThatHasSomething() {
    ConnectionTable table =
        Tables.tcp(
            line(10, 80, 0, 0, 1, 9), line(ESTABLISHED, 3, 4, 0, 0, 8), line(2, 5, 6, 1, 0, 7));
    assertThat(table.explanations())
        .isEqualTo(
            """
            tcp 127.0.0.1:80 LISTEN: 1 connection waits for accept.
            tcp 127.0.0.1:5 -> 127.0.0.1:6 SYN_SENT: The SYN has no answer yet.\
            """);
  }
}

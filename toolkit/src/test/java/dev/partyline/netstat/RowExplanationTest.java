package dev.partyline.netstat;

import static dev.partyline.netstat.Tables.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.filter.TcpState;
import java.net.InetSocketAddress;
import java.util.List;
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
    assertThat(explanation(line(4, 1, 2, 1, 0, 0)))
        .isEqualTo("This side has closed, and its FIN is not acknowledged yet.");
    assertThat(explanation(line(9, 1, 2, 3, 0, 9)))
        .isEqualTo(
            "The peer has sent a FIN, then this side, whose FIN is not acknowledged yet, nor are 2"
                + " bytes before it.");
  }

  @Test
  void distinguishesAShutdownOfTheOutputFromAClose() {
    assertThat(explanation(line(5, 1, 2, 0, 0, 9)))
        .isEqualTo("This side has shut down its output, and the peer has not sent a FIN.");
    assertThat(explanation(line(4, 1, 2, 1, 0, 9)))
        .isEqualTo("This side has shut down its output, and its FIN is not acknowledged yet.");
    var local = new InetSocketAddress("127.0.0.1", 1);
    assertThat(ConnectionRow.tcp(TcpState.FIN_WAIT_2, local, local).explanation())
        .as("where it is not known whether a program has it open")
        .isEqualTo("This side has sent a FIN, and the peer has not sent a FIN.");
  }

  @Test
  void countsWhatIsNotReadAfterItsOwnFinToo() {
    assertThat(explanation(line(5, 1, 2, 0, 7, 9)))
        .endsWith("the peer has not sent a FIN; the program has not read 7 bytes.");
    assertThat(explanation(line(4, 1, 2, 1, 1, 9)))
        .endsWith("is not acknowledged yet; the program has not read 1 byte.");
    assertThat(explanation(line(9, 1, 2, 1, 8, 9)))
        .endsWith("is not acknowledged yet; the program has not read 7 bytes.");
    assertThat(explanation(line(11, 1, 2, 3, 8, 9)))
        .isEqualTo(
            "Both sides have sent a FIN at once, and that of this one is not acknowledged yet, nor"
                + " are 2 bytes before it; the program has not read 7 bytes.");
    assertThat(explanation(line(9, 1, 2, 1, 1, 9))).endsWith("is not acknowledged yet.");
  }

  @Test
  void explainsASynTogetherWithTheFullBacklogThatItWaitsFor() {
    ConnectionTable table =
        Tables.tcp(
            line(2, 5, 80, 1, 0, 7, 1, 90, 1),
            line(10, 80, 0, 0, 2, 9),
            line(2, 6, 81, 1, 0, 8),
            line(10, 82, 0, 0, 2, 10));
    assertThat(table.explanations())
        .isEqualTo(
            """
            tcp 127.0.0.1:5 -> 127.0.0.1:80 SYN_SENT: The SYN has no answer yet, and was sent \
            again once, because the backlog of 127.0.0.1:80 is full: 2 connections wait for accept.
            tcp 127.0.0.1:80 LISTEN: 2 connections wait for accept, and the backlog is full: 1 \
            SYN has no answer yet.
            tcp 127.0.0.1:6 -> 127.0.0.1:81 SYN_SENT: The SYN has no answer yet.
            tcp 127.0.0.1:82 LISTEN: 2 connections wait for accept.\
            """);
    assertThat(table.onPort(5).explanations())
        .as("also where the listener is filtered out")
        .contains("because the backlog of 127.0.0.1:80 is full");
  }

  @Test
  void blamesNoBacklogForASynThatWasSentAMomentAgo() {
    String listener = line(10, 80, 0, 0, 2, 9);
    assertThat(Tables.tcp(line(2, 5, 80, 1, 0, 7, 1, 98, 0), listener).explanations())
        .isEqualTo(
            """
            tcp 127.0.0.1:5 -> 127.0.0.1:80 SYN_SENT: The SYN has no answer yet.
            tcp 127.0.0.1:80 LISTEN: 2 connections wait for accept.\
            """);
    assertThat(Tables.tcp(line(2, 5, 80, 1, 0, 7, 1, 95, 0), listener).explanations())
        .contains("because the backlog of 127.0.0.1:80 is full");
  }

  @Test
  void countsTheSecondsThatAreLeft() {
    assertThat(explanation(line(6, 1, 2, 0, 0, 0, 3, 5993, 0)))
        .isEqualTo(
            "Both sides have sent a FIN, this one first; kept for late segments for another 59.93"
                + " s.");
    assertThat(explanation(line(5, 1, 2, 0, 0, 0, 3, 150, 0)))
        .isEqualTo("This side has closed, and the peer has not sent a FIN, forgotten in 1.50 s.");
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
  void blamesNoListenerOfThisMachineForAnAddressOfAnother() {
    var here = new InetSocketAddress("192.0.2.1", 5);
    ConnectionRow listener =
        ConnectionRow.tcp(TcpState.LISTEN, new InetSocketAddress("0.0.0.0", 80), null)
            .withQueues(2, 0);
    for (String server : List.of("192.0.2.1", "192.0.2.2")) {
      var remote = new InetSocketAddress(server, 80);
      ConnectionTable table =
          new ConnectionTable(
              List.of(ConnectionRow.tcp(TcpState.SYN_SENT, here, remote), listener), List.of());
      assertThat(table.explanations().contains("because the backlog of 0.0.0.0:80 is full"))
          .isEqualTo(server.equals("192.0.2.1"));
    }
  }

  @Test
  void listsWhatMattersMostFirst() {
    assertThat(
            Tables.tcp(
                    line(6, 80, 1, 0, 0, 0, 3, 5993, 0),
                    line(ESTABLISHED, 80, 2, 0, 0, 8),
                    line(ESTABLISHED, 80, 3, 0, 0, 0),
                    line(10, 80, 0, 0, 0, 9))
                .sortedByRelevance()
                .rows())
        .extracting(ConnectionRow::toString)
        .containsExactly(
            "tcp 127.0.0.1:80 LISTEN",
            "tcp 127.0.0.1:80 -> 127.0.0.1:3 ESTABLISHED",
            "tcp 127.0.0.1:80 -> 127.0.0.1:2 ESTABLISHED",
            "tcp 127.0.0.1:80 -> 127.0.0.1:1 TIME_WAIT");
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

package dev.partyline.internal.pcap.write;

import static dev.partyline.wire.Side.CLIENT;
import static dev.partyline.wire.Side.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each segment is a line: who sends it, its flags, its numbers without the initial ones. */
class TcpSegmentsTest {
  private static final List<String> NOTHING = List.of();
  private static final int MAX = TcpSegments.MAX_SEGMENT_BYTES;

  private final List<SyntheticFrame> frames = new ArrayList<>();
  private final TcpSegments segments = new TcpSegments(1, frames::add);

  @Test
  void aConnectionIsOpenedByThreeSegments() {
    segments.handshake(List.of("hello"));
    assertThat(lines()).containsExactly("C S 0 hello", "S SA 0,1", "C A 1,1");
  }

  @Test
  void aConnectionThatIsRefusedHasASynAndAReset() {
    segments.syn(NOTHING);
    segments.rst(SERVER, List.of("refused"));
    assertThat(frames.get(1).tcp().sequence()).isZero();
    assertThat(frames.get(1).tcp().acknowledgement()).isEqualTo(frames.get(0).tcp().sequence() + 1);
    assertThat(frames.get(1).comments()).containsExactly("refused");
  }

  @Test
  void whatIsSentIsAcknowledged() {
    open();
    segments.sent(CLIENT, 0, 5, List.of("first"));
    segments.sent(SERVER, 0, 7, NOTHING);
    segments.sent(CLIENT, 0, 1, NOTHING);
    assertThat(lines())
        .containsExactly(
            "C PA 1,1 +5 first", "S A 1,6", "S PA 1,6 +7", "C A 6,8", "C PA 6,8 +1", "S A 8,7");
  }

  @Test
  void aLongChunkIsCutIntoSegmentsOfWhichEverySecondIsAcknowledged() {
    open();
    segments.sent(SERVER, 10, 2 * MAX + 3, List.of("long"));
    assertThat(lines())
        .containsExactly(
            "S A 1,1 +65495 long",
            "S A 65496,1 +65495",
            "C A 1,130991",
            "S PA 130991,1 +3",
            "C A 1,130994");
    assertThat(frames.stream().filter(frame -> frame.length() > 0))
        .extracting(SyntheticFrame::offset)
        .containsExactly(10, 10 + MAX, 10 + 2 * MAX);
  }

  @Test
  void eachSideFinishesByItself() {
    open();
    segments.fin(CLIENT, List.of("cut"));
    segments.sent(SERVER, 0, 4, NOTHING);
    segments.fin(SERVER, NOTHING);
    assertThat(lines())
        .containsExactly(
            "C FA 1,1 cut", "S A 1,2", "S PA 1,2 +4", "C A 2,5", "S FA 5,2", "C A 2,6");
  }

  @Test
  void aSideThatHasResetAcknowledgesNothing() {
    open();
    segments.rst(CLIENT, List.of("gone"));
    segments.sent(SERVER, 0, 4, NOTHING);
    segments.fin(SERVER, NOTHING);
    assertThat(lines()).containsExactly("C RA 1,1 gone", "S PA 1,1 +4", "S FA 5,1");
  }

  @Test
  void aSideEndsOnceInEachWay() {
    open();
    segments.fin(CLIENT, NOTHING);
    segments.fin(CLIENT, List.of("again"));
    segments.rst(CLIENT, NOTHING);
    segments.rst(CLIENT, NOTHING);
    assertThat(lines()).containsExactly("C FA 1,1", "S A 1,2", "C A 2,1 again", "C RA 2,1");
  }

  @Test
  void theSequenceNumberJumpsOverWhatIsNotWritten() {
    open();
    segments.skipped(SERVER, 1000, List.of("1,000 bytes"));
    segments.sent(CLIENT, 0, 1, NOTHING);
    segments.sent(SERVER, 0, 2, NOTHING);
    segments.skipped(SERVER, 10, List.of("the end"));
    segments.end();
    assertThat(lines())
        .containsExactly(
            "C PA 1,1 +1",
            "S A 1,2",
            "S A 1001,2 1,000 bytes",
            "S PA 1001,2 +2",
            "C A 2,1003",
            "S A 1013,2 the end");
  }

  @Test
  void aJumpOfSeveralGibibytesIsMadeInSteps() {
    open();
    segments.skipped(CLIENT, (5L << 30) + 1, List.of("5 GiB"));
    segments.end();
    assertThat(frames).hasSize(6);
    int sequence = new TcpSegmentsTest().firstSequence() + 1;
    for (SyntheticFrame frame : frames) {
      int jump = frame.tcp().sequence() - sequence;
      assertThat(jump).isBetween(1, TcpSegments.MAX_JUMP_BYTES);
      sequence = frame.tcp().sequence();
    }
  }

  private int firstSequence() {
    segments.handshake(NOTHING);
    return frames.get(0).tcp().sequence();
  }

  @Test
  void numbersGoOnAfterTheLargest() {
    open();
    long sent = 0;
    int last = 0;
    while (sent < 5L << 30) {
      frames.clear();
      segments.sent(CLIENT, 0, 1 << 30, NOTHING);
      sent += 1 << 30;
      last = frames.get(frames.size() - 1).tcp().acknowledgement();
    }
    assertThat(last).isEqualTo((int) (new TcpSegmentsTest().firstSequence() + 1 + (5L << 30)));
  }

  @Test
  void connectionsBeginWithOtherNumbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      TcpSegments other =
          new TcpSegments(
              i,
              frame -> {
                if (frame.tcp().isSyn()) {
                  numbers.add(frame.tcp().sequence());
                }
              });
      other.handshake(NOTHING);
    }
    assertThat(numbers).hasSize(2000).doesNotHaveDuplicates();
  }

  private void open() {
    segments.handshake(NOTHING);
    frames.clear();
  }

  private List<String> lines() {
    TcpSegmentsTest initial = new TcpSegmentsTest();
    initial.segments.handshake(NOTHING);
    int client = initial.frames.get(0).tcp().sequence();
    int server = initial.frames.get(1).tcp().sequence();
    return frames.stream().map(frame -> line(frame, client, server)).toList();
  }

  private static String line(SyntheticFrame frame, int client, int server) {
    SyntheticFrame.Tcp tcp = frame.tcp();
    boolean fromClient = frame.sender() == CLIENT;
    StringBuilder line = new StringBuilder().append(frame.sender().letter()).append(' ');
    String letters = "FSRPA";
    for (int i = 0; i < letters.length(); i++) {
      line.append((tcp.flags() >> i & 1) == 1 ? letters.substring(i, i + 1) : "");
    }
    line.append(' ')
        .append(Integer.toUnsignedString(tcp.sequence() - (fromClient ? client : server)));
    if ((tcp.flags() & SyntheticFrame.Tcp.ACK) != 0) {
      line.append(',')
          .append(Integer.toUnsignedString(tcp.acknowledgement() - (fromClient ? server : client)));
    }
    line.append(frame.length() > 0 ? " +" + frame.length() : "");
    frame.comments().forEach(comment -> line.append(' ').append(comment));
    return line.toString();
  }
}

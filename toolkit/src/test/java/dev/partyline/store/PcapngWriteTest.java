package dev.partyline.store;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Note;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What tshark shows of a file. */
class PcapngWriteTest extends CaptureFolder {
  private static final String RESET = "Connection reset (RST)";

  @Test
  void anEmptyRecordingIsAFileWithoutPackets() throws IOException {
    Path file = write();
    assertThat(Tshark.run(file)).isEmpty();
    assertThat(Tshark.warnings(file)).isEmpty();
  }

  @Test
  void aConnectionOnWhichNothingWasSentIsItsHandshake() throws IOException {
    open();
    assertThat(Tshark.fields(write(), "tcp", "tcp.flags.str"))
        .containsExactly("··········S·", "·······A··S·", "·······A····");
  }

  @Test
  void timesAreThoseOfTheClockToTheNanosecond() throws IOException {
    ConversationRecorder conversation = open();
    nanos += 1_500_000_007;
    conversation.recordSent(Side.CLIENT, bytes("tick"));
    nanos += 1;
    conversation.recordSent(Side.SERVER, bytes("tock"));

    Instant start = recorder.recording().startedAt();
    assertThat(Tshark.fields(write(), "data", "frame.time_epoch"))
        .containsExactly(
            epoch(start.plusNanos(1_500_000_007)), epoch(start.plusNanos(1_500_000_008)));
  }

  private static String epoch(Instant instant) {
    String fraction = DateTimeFormatter.ofPattern("SSSSSSSSS").format(instant.atZone(UTC));
    return instant.getEpochSecond() + "." + fraction;
  }

  @Test
  void eventsOfAllConnectionsAreInTheOrderOfTime() throws IOException {
    ConversationRecorder first = open();
    ConversationRecorder second = recorder.open(Transport.TCP, "[::1]:41231", "[::1]:50000");
    for (ConversationRecorder each : List.of(first, second, second, first)) {
      nanos += 1000;
      each.recordSent(Side.CLIENT, bytes("x"));
    }
    assertThat(Tshark.fields(write(), "data", "tcp.stream")).containsExactly("0", "1", "1", "0");
  }

  @Test
  void theServerSeesWhatTheClientSendsAsInbound() throws IOException {
    ConversationRecorder conversation = open();
    conversation.recordSent(Side.CLIENT, bytes("in"));
    conversation.recordSent(Side.SERVER, bytes("out"));
    assertThat(Tshark.fields(write(), "data", "data.data", "frame.packet_flags_direction"))
        .containsExactly("696e|0x00000001", "6f7574|0x00000002");
  }

  @Test
  void aConnectionThatWasRefusedIsASynAndAReset() throws IOException {
    ConversationRecorder conversation = recorder.open(Transport.TCP, "?", SERVER);
    conversation.recordRst(Side.SERVER, Termination.Kind.REFUSED, "nothing listens");
    Path file = write();
    assertThat(Tshark.fields(file, "tcp", "ip.src", "tcp.flags.str", "tcp.ack"))
        .containsExactly("192.0.2.1|··········S·|0", "127.0.0.1|·······A·R··|1");
    assertThat(comments(file)).contains("refused: nothing listens");
    assertThat(Tshark.warnings(file)).isSubsetOf(RESET);
  }

  @Test
  void aConnectionThatWasNotAnsweredIsASynAlone() throws IOException {
    ConversationRecorder conversation = recorder.open(Transport.TCP, CLIENT, SERVER);
    conversation.recordRst(Side.SERVER, Termination.Kind.TIMED_OUT, "connect timed out");
    Path file = write();
    assertThat(Tshark.fields(file, "tcp", "tcp.flags.str")).containsExactly("··········S·");
    assertThat(comments(file)).contains("the server timed out: connect timed out");
  }

  @Test
  void aSideThatDoesNotAnswerAnyMoreHasNoReset() throws IOException {
    ConversationRecorder conversation = open();
    conversation.recordSent(Side.CLIENT, bytes("hello?"));
    conversation.recordRst(Side.SERVER, Termination.Kind.TIMED_OUT, "no answer any more");
    Path file = write();
    assertThat(Tshark.warnings(file)).isEmpty();
    assertThat(comments(file)).contains("the server timed out: no answer any more");
  }

  @Test
  void commentsHaveTheNotesAndTheCausesOfEnds() throws IOException {
    ConversationRecorder conversation = open();
    conversation.recordSent(Side.CLIENT, bytes("order"));
    nanos += 2_000_000;
    conversation.recordNote("delay hit\nat byte 0");
    conversation.recordSent(Side.SERVER, bytes("tea"));
    conversation.recordRst(Side.SERVER, Termination.Kind.FAULT, "reset after 3 bytes");
    assertThat(Tshark.fields(write(), "frame.comment && tcp.len > 0", "data.data", "frame.comment"))
        .containsExactly("6f72646572|[+0.002000000] delay hit\\nat byte 0");
    assertThat(Tshark.fields(write(), "tcp.flags.reset == 1", "frame.comment"))
        .containsExactly("by a fault: reset after 3 bytes");
  }

  @Test
  void aCommentSaysWhereTlsStarts() throws IOException {
    ConversationRecorder conversation = open();
    conversation.recordSent(Side.CLIENT, bytes("STARTTLS"));
    conversation.recordTlsStarted();
    conversation.recordSent(Side.CLIENT, bytes("secret"));
    Path file = write();
    assertThat(comments(file)).contains("TLS starts: what follows was encrypted");
    assertThat(sent(file)).isEqualTo("STARTTLSsecret");
    assertThat(Tshark.warnings(file)).isEmpty();
  }

  @Test
  void whatWasNotKeptIsAJumpOfTheSequenceNumber() throws IOException {
    recorder = new Recorder(() -> nanos, RecordingPolicy.headAndTail(10, 10));
    ConversationRecorder conversation = open();
    for (int i = 0; i < 5; i++) {
      conversation.recordSent(Side.SERVER, ByteBuffer.allocate(100));
    }
    Path file = write();
    assertThat(Tshark.fields(file, "tcp.len > 0", "tcp.seq", "tcp.len"))
        .containsExactly("1|10", "491|10");
    assertThat(Tshark.warnings(file))
        .contains("Previous segment(s) not captured (common at capture start)")
        .allMatch(warning -> warning.contains("captured"));
    assertThat(comments(file)).contains("480 bytes of the server were not kept");
  }

  @Test
  void eachDatagramIsAFrame() throws IOException {
    ConversationRecorder conversation = recorder.open(Transport.UDP, "[::1]:5100", "[::1]:5200");
    conversation.recordSent(Side.CLIENT, bytes("one"));
    conversation.recordSent(Side.SERVER, bytes(""));
    conversation.recordSent(Side.SERVER, ByteBuffer.allocate(65_507));
    conversation.recordRst(Side.SERVER, Termination.Kind.REFUSED, "reported by ICMP");
    Path file = write();
    assertThat(Tshark.fields(file, "udp", "udp.srcport", "udp.length"))
        .containsExactly("5100|11", "5200|8", "5200|65515");
    assertThat(Tshark.warnings(file)).isEmpty();
    assertThat(comments(file)).contains("connection 1 over UDP", "refused: reported by ICMP");
  }

  @Test
  void aUnixSocketIsWrittenAsTcpBetweenAddressesForDocumentation() throws IOException {
    ConversationRecorder conversation = recorder.open(Transport.UNIX, "?", "/run/shop.sock");
    conversation.recordSent(Side.CLIENT, bytes("tea"));
    Path file = write(STANDARD.host(UnixDomainSocketAddress.of("/run/shop.sock"), "shop"));
    assertThat(Tshark.fields(file, "data", "ip.src", "ip.dst"))
        .containsExactly("192.0.2.1|192.0.2.2");
    assertThat(comments(file))
        .contains("/run/shop.sock is written as 192.0.2.2:49152", "the server is shop");
  }

  @Test
  void connectionsWithTheSameAddressesAtTheSameTimeAreToldApart() throws IOException {
    ConversationRecorder first = open();
    ConversationRecorder second = open();
    first.recordSent(Side.CLIENT, bytes("1"));
    nanos++;
    second.recordSent(Side.CLIENT, bytes("2"));
    nanos++;
    first.recordSent(Side.CLIENT, bytes("3"));
    Path file = write();
    assertThat(Tshark.fields(file, "data", "tcp.stream", "data.data"))
        .containsExactly("0|31", "1|32", "0|33");
    assertThat(Tshark.warnings(file)).isEmpty();
    assertThat(comments(file)).contains("another connection has the same addresses");
  }

  @Test
  void aDatagramThatIsTooLongForUdpIsLeftOut() throws IOException {
    for (String host : List.of("127.0.0.1", "[::1]")) {
      ConversationRecorder conversation =
          recorder.open(Transport.UDP, host + ":5100", host + ":5200");
      conversation.recordSent(Side.CLIENT, ByteBuffer.allocate(65_508));
      conversation.recordSent(Side.CLIENT, ByteBuffer.allocate(65_527));
      conversation.recordSent(Side.CLIENT, ByteBuffer.allocate(65_528));
      conversation.recordSent(Side.CLIENT, bytes("short"));
    }
    Path file = write();
    assertThat(Tshark.fields(file, "udp", "udp.length"))
        .containsExactly("13", "65516", "65535", "13");
    assertThat(comments(file))
        .contains("65508 bytes are left out: no datagram of UDP over IPv4")
        .contains("65528 bytes are left out: no datagram of UDP over IPv6");
    assertThat(Pcapng.read(file).byteCount(Side.CLIENT)).isEqualTo(65_508 + 65_527 + 10);
  }

  @Test
  void theSameRecordingIsTheSameFile() throws IOException {
    Recording recording = RandomRecording.of(7, 20);
    Path first = folder.resolve("first.pcapng");
    Path second = folder.resolve("second.pcapng");
    Pcapng.write(recording, first);
    Pcapng.write(recording, second);
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void aThousandConnectionsAreAThousandStreams() throws IOException {
    for (int i = 0; i < 1000; i++) {
      ConversationRecorder conversation =
          recorder.open(Transport.TCP, "127.0.0.1:" + (20_000 + i), SERVER);
      conversation.recordSent(Side.CLIENT, bytes("request " + i));
      conversation.recordSent(Side.SERVER, bytes("answer " + i));
    }
    Path file = write();
    assertThat(Tshark.fields(file, "data && tcp.dstport == 50000", "tcp.stream"))
        .isEqualTo(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
    assertThat(Tshark.warnings(file)).isEmpty();
  }

  @Test
  void theSectionNamesTheTestAndTheAddressesHaveNames() throws IOException {
    open().recordSent(Side.CLIENT, bytes("tea"));
    Path file =
        write(
            STANDARD
                .testName("ShopTest.sellsTea()")
                .host(new InetSocketAddress("127.0.0.1", 50_000), "shop"));
    assertThat(section(file)).contains("test: ShopTest.sellsTea()");
    assertThat(Tshark.run(file, "-N", "n")).contains("shop");
    assertThat(comments(file)).contains("the server is shop");
  }

  @Test
  void noNameBreaksALineOrEndsInTheMiddle() throws IOException {
    open().recordSent(Side.CLIENT, bytes("tea"));
    String name = "a\nb\0c\u001bd";
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", 50_000);
    Path file = write(STANDARD.testName(name).host(address, name));
    String escaped = Bytes.utf8(name).escaped();
    assertThat(section(file)).contains("test: " + escaped);
    assertThat(Pcapng.read(file).conversations().get(0).notes())
        .extracting(Note::text)
        .contains("127.0.0.1 is " + escaped);
  }

  @Test
  void theSectionSaysWhatTheRecordingLacks() throws IOException {
    recorder.recordProblem("the file\nends too early");
    assertThat(section(write())).contains("the file\\nends too early");
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    Path file = folder.resolve("missing").resolve("shop.pcapng");
    assertThatThrownBy(() -> Pcapng.write(recorder.recording(), file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aDiskThatIsFullIsAnError() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    open().recordSent(Side.SERVER, ByteBuffer.allocate(3 << 20));
    assertThatThrownBy(() -> Pcapng.write(recorder.recording(), full))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/dev/full cannot be written")
        .hasMessageContaining("No space left");
  }

  @Test
  void anInterruptedThreadWritesAll() throws IOException {
    open().recordSent(Side.SERVER, ByteBuffer.allocate(3 << 20));
    Thread.currentThread().interrupt();
    Path file;
    try {
      file = write();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Files.size(file)).isGreaterThan(3 << 20);
  }
}

package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.peers.Program;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs than tshark read a file, too. */
class PcapngProgramsTest {
  private static final byte[] ANSWER = new byte[200_000];

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    new Random(7).nextBytes(ANSWER);
    Recorder recorder = new Recorder(() -> 0);
    ConversationRecorder ipv4 = recorder.open(Transport.TCP, "127.0.0.1:41230", "127.0.0.1:50000");
    ipv4.recordSent(Side.CLIENT, Bytes.utf8("tea, please").toBuffer());
    ipv4.recordSent(Side.SERVER, ByteBuffer.wrap(ANSWER));
    ipv4.recordFin(Side.SERVER);
    ipv4.recordFin(Side.CLIENT);
    ConversationRecorder ipv6 = recorder.open(Transport.UDP, "[::1]:41231", "[::1]:50000");
    ipv6.recordSent(Side.CLIENT, Bytes.utf8("tea").toBuffer());
    file = folder.resolve("shop.pcapng");
    Pcapng.write(recorder.recording().exact(), file);
  }

  @Test
  void tcpdumpFindsNoWrongChecksum() {
    assertThat(Program.run("", "tcpdump", "-nnvvr", file))
        .contains("127.0.0.1.41230 > 127.0.0.1.50000: Flags [S]", "(correct)")
        .contains("::1.41231 > ::1.50000: [udp sum ok] UDP, length 3")
        .doesNotContain("incorrect", "bad", "wrong");
  }

  @Test
  void capinfosCountsThePackets() {
    assertThat(Program.run("", "capinfos", "-c", "-E", "-M", file))
        .containsPattern("Number of packets: +16")
        .containsPattern("File encapsulation: +ether");
  }

  @Test
  void editcapConvertsTheFile() {
    Path pcap = folder.resolve("shop.pcap");
    Program.run("", "editcap", "-F", "nsecpcap", file, pcap);
    assertThat(Program.run("", "tcpdump", "-nnr", pcap)).contains("127.0.0.1.41230", "::1.41231");
  }

  @Test
  void tcpflowWritesWhatEachSideSent() throws IOException {
    Path flows = folder.resolve("flows");
    Program.run("", "tcpflow", "-r", file, "-o", flows);
    assertThat(flows.resolve("127.000.000.001.41230-127.000.000.001.50000"))
        .hasContent("tea, please");
    byte[] answer =
        Files.readAllBytes(flows.resolve("127.000.000.001.50000-127.000.000.001.41230"));
    assertThat(answer).isEqualTo(ANSWER);
  }
}

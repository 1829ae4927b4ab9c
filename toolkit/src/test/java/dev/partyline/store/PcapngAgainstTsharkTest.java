package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.peers.Program;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares what we read with what tshark reads, stream for stream. */
class PcapngAgainstTsharkTest {
  @TempDir private Path directory;

  static List<Path> captures() {
    return Captures.all();
  }

  @ParameterizedTest
  @MethodSource("captures")
  void streams_of_a_foreign_capture_are_those_of_tshark(Path capture) {
    check(capture);
  }

  /** The seed of a failure is in the name of the file. */
  @Test
  void streams_with_losses_in_any_order_are_those_of_tshark() throws IOException {
    for (int seed = 0; seed < 24; seed++) {
      Packets.Link link = Packets.Link.values()[seed % Packets.Link.values().length];
      RandomTraffic traffic = RandomTraffic.of(seed, new Packets(link, seed % 2 == 1), 0.1);
      check(write("seed" + seed, CaptureFile.pcap(link, traffic.packets())));
    }
  }

  @Test
  void neighbours_in_the_wrong_order_are_put_right_as_tshark_does() throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      Packets.Link link = Packets.Link.ETHERNET;
      List<byte[]> packets =
          new ArrayList<>(RandomTraffic.of(seed, new Packets(link, false), 0, false).packets());
      Random random = new Random(seed);
      for (int i = 1; i < packets.size(); i++) {
        Collections.swap(packets, i, i - random.nextInt(2));
      }
      check(write("seed" + seed, CaptureFile.pcap(link, packets)));
    }
  }

  @Test
  void captures_that_the_tools_of_wireshark_made_are_read_as_tshark_does() throws IOException {
    Packets packets = new Packets(Packets.Link.ETHERNET, false);
    byte[] made = CaptureFile.pcap(packets.link(), RandomTraffic.of(5, packets, 0.05).packets());
    Path file = write("made", made);
    Packets other = new Packets(Packets.Link.SLL2, true);
    byte[] more = CaptureFile.pcap(other.link(), RandomTraffic.of(6, other, 0).packets());
    Path otherFile = write("other", more);

    check(tool("twice", "mergecap", "-w", "%", file, file));
    check(tool("both", "mergecap", "-w", "%", file, otherFile));
    check(tool("classic", "editcap", "-F", "pcap", otherFile, "%"));
    check(tool("nanos", "editcap", "-F", "nsecpcap", file, "%"));
    check(tool("cut", "editcap", "-s", "200", file, "%"));
    check(tool("without", "editcap", file, "%", "5-9", "20"));
    check(tool("later", "editcap", "-r", file, "%", "6-1000"));
    check(tool("shifted", "editcap", "-t", "-0.01", file, "%"));
    Path text = Files.writeString(directory.resolve("text"), "0000 47 45 54 20 2f 0d 0a\n");
    check(tool("text", "text2pcap", "-T", "40000,80", text, "%"));
    check(tool("text6", "text2pcap", "-6", "::1,::2", "-u", "40000,53", text, "%"));
  }

  /** Runs a tool that writes a file, in the place of %. */
  private Path tool(String name, String tool, Object... arguments) {
    Path file = directory.resolve(name + ".pcapng");
    String printed =
        Program.run(
            "", tool, Stream.of(arguments).map(each -> each.equals("%") ? file : each).toArray());
    assertThat(file).as(printed).isNotEmptyFile();
    return file;
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name + ".pcap"), content);
  }

  static void check(Path capture) {
    Recording recording = Pcapng.read(capture);
    // PPP is not read.
    boolean isOther = recording.problems().stream().anyMatch(each -> each.contains("link type 9 "));
    if (!isOther) {
      TsharkStreams tshark = TsharkStreams.read(capture, recording);
      tshark.check(recording, Transport.TCP, capture);
      tshark.check(recording, Transport.UDP, capture);
    }
  }
}

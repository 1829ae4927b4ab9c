package dev.partyline.store;

import static dev.partyline.store.Packets.ACK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.assertions.PartylineAssertions;
import dev.partyline.script.transcript.ReplayScript;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapngDamageTest extends PacketExchange {
  @Test
  void a_truncated_file_is_read_up_to_its_last_whole_packet_and_says_so() throws IOException {
    byte[] file = CaptureFile.pcap(packets.link(), exchange(packets).subList(0, 4));

    Recording recording = read(Arrays.copyOf(file, file.length - 1));

    assertThat(recording.conversations().get(0).bytes(Side.CLIENT).utf8()).isEqualTo("PING");
    assertThat(recording.problems())
        .containsExactly(
            "the file is damaged at byte 262, after packet 3: the file has 63 of the 64 bytes of"
                + " its last packet; nothing after that was read");
  }

  @Test
  void a_failed_assertion_on_a_damaged_file_says_what_is_missing_and_advises_no_wait()
      throws IOException {
    byte[] file = CaptureFile.pcap(packets.link(), exchange(packets).subList(0, 4));
    Recording recording = read(Arrays.copyOf(file, file.length - 1));

    assertThatThrownBy(() -> PartylineAssertions.assertThat(recording).server().sent("PO"))
        .hasMessageContaining("  missing   the file is damaged at byte 262")
        .hasMessageNotContaining("waited");
    assertThatThrownBy(() -> PartylineAssertions.assertThat(recording).hasConnections(2))
        .hasMessageContaining("  missing   the file is damaged at byte 262")
        .hasMessageNotContaining("waited");
  }

  @Test
  void a_damaged_file_can_neither_be_saved_nor_replayed() throws IOException {
    byte[] file = CaptureFile.pcap(packets.link(), exchange(packets));
    Recording recording = read(Arrays.copyOf(file, file.length - 1));

    assertThatThrownBy(() -> TranscriptFiles.in(directory).write(recording))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the recording lacks something: the file is damaged at byte ")
        .hasMessageContaining("only a complete recording can be saved");
    assertThatThrownBy(() -> ReplayScript.of(recording).script())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the recording lacks something: the file is damaged at byte ")
        .hasMessageContaining("only a complete recording can be replayed");
  }

  @Test
  void what_is_left_out_is_counted() throws IOException {
    Recording other = read(CaptureFile.pcap(LITTLE, false, 195, 65_535, exchange(packets)));
    assertThat(other.problems()).containsExactly("10 packets left out: link type 195 is not read");

    byte[] lonely = packets.fragments(16, 1, 2, new byte[100]).get(1);
    byte[] cut = Arrays.copyOf(exchange(packets).get(0), 30);
    assertThat(read(List.of(lonely, cut)).problems())
        .containsExactly(
            "1 packet left out: the headers are damaged or cut",
            "1 IP datagram left out: fragments are missing");
  }

  @Test
  void bytes_whose_number_is_too_far_away_are_told() throws IOException {
    List<byte[]> all = new ArrayList<>(exchange(packets).subList(0, 3));
    all.add(packets.tcp(40_000, 80, 1_900_000_105, 501, ACK, "lost".getBytes(UTF_8)));
    all.add(packets.tcp(80, 40_000, 501, 1_900_000_109, ACK));
    assertThat(read(all).problems())
        .containsExactly(
            "1 TCP segment left out: the sequence number is more than 1 GiB away from those before"
                + " it");
  }

  @Test
  void damage_is_told_by_where_its_block_begins() throws IOException {
    byte[] file = CaptureFile.pcapng(LITTLE, 1, List.of());
    byte[] packet = exchange(packets).get(0);
    byte[] tooLong = CaptureFile.enhancedPacket(LITTLE, 1, packet, new byte[] {});
    tooLong[20] = 127;
    assertThat(read(file, tooLong).problems())
        .singleElement()
        .asString()
        .startsWith("the file is damaged at byte " + file.length + ", after packet 0: a packet");
    byte[] unknown = CaptureFile.block(LITTLE, 0x7777, new byte[] {}, body -> body.putInt(1));
    assertThat(read(file, Arrays.copyOf(unknown, unknown.length - 1)).problems())
        .singleElement()
        .asString()
        .startsWith("the file is damaged at byte " + file.length + ", after packet 0: the file");
  }

  @Test
  void what_is_no_capture_is_refused_by_its_first_bytes() {
    assertThatThrownBy(() -> read("GET / HTTP/1.1\r\n".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test.pcap")
        .hasMessageContaining("begins with 47 45 54 20 2f 20 48 54 54 50")
        .hasMessageContaining("pcapng begins with 0a 0d 0d 0a");
    assertThatThrownBy(() -> read(new byte[] {})).hasMessageContaining("is empty");
    assertThatThrownBy(() -> Pcapng.read(directory.resolve("none.pcap")))
        .hasMessageContaining("none.pcap) cannot be read: java.nio.file.NoSuchFileException");
    assertThatThrownBy(() -> Pcapng.read(directory)).hasMessageContaining("cannot be read");
  }

  @Test
  void a_length_of_two_gigabytes_takes_no_memory() throws IOException {
    byte[] start = CaptureFile.pcapng(LITTLE, 1, exchange(packets));
    for (int type : new int[] {6, 1, 0x7777}) {
      ByteBuffer block = ByteBuffer.allocate(64).order(LITTLE).putInt(type).putInt(0x7ffffff0);

      Recording recording = read(start, block.array());

      assertThat(recording.conversations()).hasSize(2);
      assertThat(recording.problems()).singleElement().asString().contains("2147483632 bytes");
    }
  }
}

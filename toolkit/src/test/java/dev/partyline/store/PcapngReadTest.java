package dev.partyline.store;

import static dev.partyline.store.Packets.ACK;
import static dev.partyline.store.Packets.FIN;
import static dev.partyline.store.Packets.RST;
import static dev.partyline.store.Packets.SYN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.assertions.PartylineAssertions;
import dev.partyline.script.transcript.ReplayScript;
import dev.partyline.view.Ledger;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PcapngReadTest {
  private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  @TempDir private Path directory;

  private final Packets packets = new Packets(Packets.Link.ETHERNET, false);

  private Recording read(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return Pcapng.read(Files.write(directory.resolve("test.pcap"), out.toByteArray()));
  }

  private Recording read(List<byte[]> captured) throws IOException {
    return read(CaptureFile.pcap(packets.link(), captured));
  }

  private static List<byte[]> exchange(Packets packets) {
    List<byte[]> result = new ArrayList<>();
    result.add(packets.tcp(40_000, 80, 100, 0, SYN));
    result.add(packets.tcp(80, 40_000, 500, 101, SYN | ACK));
    result.add(packets.tcp(40_000, 80, 101, 501, ACK, "PING".getBytes(UTF_8)));
    result.add(packets.tcp(80, 40_000, 501, 105, ACK, "PO".getBytes(UTF_8)));
    result.add(packets.tcp(80, 40_000, 503, 105, FIN | ACK, "NG".getBytes(UTF_8)));
    result.add(packets.tcp(40_000, 80, 105, 506, FIN | ACK));
    result.add(packets.udp(50_000, 53, "question".getBytes(UTF_8)));
    result.addAll(
        packets.fragments(16, 53, 50_000, "a long answer in some fragments".getBytes(UTF_8)));
    return result;
  }

  private static void checkExchange(Recording recording) {
    assertThat(recording.problems()).isEmpty();
    assertThat(recording.conversations().get(0).events())
        .containsExactly(
            new Event.Sent(Side.CLIENT, 2_000_000, Bytes.utf8("PING")),
            new Event.Sent(Side.SERVER, 3_000_000, Bytes.utf8("PO")),
            new Event.Sent(Side.SERVER, 4_000_000, Bytes.utf8("NG")),
            new Event.Fin(Side.SERVER, 4_000_000),
            new Event.Fin(Side.CLIENT, 5_000_000));
    assertThat(recording.conversations().get(0).isOpen()).isFalse();
    Conversation datagrams = recording.conversations().get(1);
    assertThat(datagrams.openedAtNanos()).isEqualTo(6_000_000);
    assertThat(datagrams.events())
        .extracting(event -> ((Event.Sent) event).bytes().utf8())
        .containsExactly("question", "a long answer in some fragments");
  }

  @ParameterizedTest
  @EnumSource(Packets.Link.class)
  void packets_of_any_link_and_of_both_versions_of_ip_are_read(Packets.Link link)
      throws IOException {
    for (boolean isIpv6 : new boolean[] {false, true}) {
      checkExchange(read(CaptureFile.pcap(link, exchange(new Packets(link, isIpv6)))));
    }
  }

  @Test
  void both_formats_are_read_in_either_byte_order() throws IOException {
    for (ByteOrder order : List.of(BIG, LITTLE)) {
      checkExchange(read(CaptureFile.pcap(order, false, 1, 65_535, exchange(packets))));
      checkExchange(read(CaptureFile.pcap(order, true, 1, 65_535, exchange(packets))));
      checkExchange(read(CaptureFile.pcapng(order, 1, exchange(packets))));
    }
  }

  @Test
  void sections_follow_each_other_in_either_byte_order() throws IOException {
    List<byte[]> all = exchange(packets);
    byte[] first = CaptureFile.pcapng(BIG, 1, all.subList(0, 3));
    byte[] second = CaptureFile.pcapng(LITTLE, 1, all.subList(3, all.size()));

    Recording recording = read(first, second);

    assertThat(recording.conversations().get(0).bytes(Side.SERVER).utf8()).isEqualTo("PONG");
    assertThat(recording.conversations()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "40000, 80, 18, 80, 40000",
    "80, 40000, 2, 80, 40000",
    "80, 40000, 16, 40000, 80",
    "40000, 80, 16, 40000, 80",
    "7, 7, 16, 7, 7"
  })
  void the_client_is_who_sent_the_syn_or_else_has_the_higher_port(
      int from, int to, int flags, int client, int server) throws IOException {
    Conversation conversation =
        read(List.of(packets.tcp(from, to, 1, 1, flags))).conversations().get(0);

    assertThat(conversation.address(Side.CLIENT)).isEqualTo("10.0.0.1:" + client);
    assertThat(conversation.address(Side.SERVER)).isEqualTo("10.0.0.1:" + server);
    assertThat(conversation.isOpen()).isTrue();
  }

  @Test
  void a_capture_that_begins_later_says_so() throws IOException {
    Recording recording = read(exchange(packets).subList(2, 6));

    assertThat(recording.conversations().get(0).notes())
        .extracting(Note::text)
        .containsExactly("the capture begins after the start of this connection");
    assertThat(recording.conversations().get(0).bytes(Side.SERVER).utf8()).isEqualTo("PONG");
  }

  @Test
  void a_refused_connection_is_refused_and_a_reset_one_is_reset() throws IOException {
    Recording recording =
        read(
            List.of(
                packets.tcp(40_000, 80, 1, 0, SYN),
                packets.tcp(80, 40_000, 0, 2, RST | ACK),
                packets.tcp(40_001, 80, 1, 0, SYN),
                packets.tcp(40_001, 80, 1, 0, SYN),
                packets.tcp(80, 40_001, 9, 2, SYN | ACK),
                packets.tcp(40_001, 80, 2, 10, RST),
                packets.tcp(40_001, 80, 2, 10, RST)));

    assertThat(Ledger.text(recording)).contains("refused").containsOnlyOnce("client RST");
    assertThat(recording.conversations()).hasSize(2).noneMatch(Conversation::isOpen);
  }

  @Test
  void a_syn_begins_another_conversation_on_the_same_ports() throws IOException {
    List<byte[]> twice = new ArrayList<>(exchange(packets).subList(0, 6));
    twice.addAll(exchange(packets).subList(0, 6));

    Recording recording = read(twice);

    assertThat(recording.conversations()).hasSize(2);
    assertThat(recording.conversations())
        .allMatch(conversation -> conversation.bytes(Side.SERVER).utf8().equals("PONG"));
  }

  @Test
  void bytes_that_the_snap_length_cut_off_are_a_gap() throws IOException {
    int headers = 14 + 24 + 24;
    Recording recording =
        read(CaptureFile.pcap(LITTLE, false, 1, headers + 2, exchange(packets).subList(0, 6)));

    Conversation conversation = recording.conversations().get(0);
    assertThat(conversation.byteCount(Side.CLIENT)).isEqualTo(4);
    assertThat(conversation.bytes(Side.CLIENT, 0, 2).utf8()).isEqualTo("PI");
    assertThat(conversation.droppedBytes(Side.CLIENT)).isEqualTo(2);
  }

  @Test
  void names_and_comments_are_notes() throws IOException {
    byte[] start = CaptureFile.pcapng(BIG, 1, List.of());
    byte[] name = Bytes.hex("0a 00 00 01").plus(Bytes.utf8("db.example\0")).toArray();
    byte[] names =
        CaptureFile.block(
            BIG, 4, new byte[] {}, body -> body.put(CaptureFile.option(BIG, 1, name)));
    ByteArrayOutputStream comments = new ByteArrayOutputStream();
    comments.writeBytes(CaptureFile.option(BIG, 1, "here it begins".getBytes(UTF_8)));
    comments.writeBytes(CaptureFile.option(BIG, 1, "slow".getBytes(UTF_8)));
    byte[] packet =
        CaptureFile.enhancedPacket(BIG, 1, exchange(packets).get(0), comments.toByteArray());

    Recording recording = read(start, names, packet);

    assertThat(recording.conversations().get(0).notes())
        .extracting(Note::text)
        .containsExactly("10.0.0.1 is db.example", "here it begins", "slow");
  }

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

  @ParameterizedTest
  @CsvSource({"8864,PPPoE", "8847,MPLS", "8848,MPLS"})
  void packets_in_tunnels_that_are_not_read_are_counted(String etherType, String name)
      throws IOException {
    byte[] packet = exchange(packets).get(0);
    Bytes.hex(etherType).toBuffer().get(packet, 12, 2);
    assertThat(read(Collections.nCopies(37, packet)).problems())
        .containsExactly("37 packets left out: " + name + " is not read");
  }

  @ParameterizedTest
  @CsvSource({"false,false,4", "false,true,41", "true,false,4", "true,true,41"})
  void ip_in_ip_is_read_as_the_packet_inside(boolean outerIsIpv6, boolean isIpv6, int protocol)
      throws IOException {
    Packets outer = new Packets(Packets.Link.ETHERNET, outerIsIpv6);
    Packets inner = new Packets(Packets.Link.RAW, isIpv6);
    List<byte[]> tunnelled =
        exchange(inner).stream()
            .map(packet -> outer.inside(protocol, new byte[] {}, inner, packet))
            .toList();
    checkExchange(read(tunnelled));
  }

  @Test
  void the_authentication_header_is_skipped_in_both_versions_of_ip() throws IOException {
    byte[] header = HexFormat.of().parseHex("11040000" + "00000001".repeat(5));
    for (boolean isIpv6 : new boolean[] {false, true}) {
      Packets authenticated = new Packets(Packets.Link.ETHERNET, isIpv6);
      Recording recording = read(List.of(authenticated.udpAfter(51, header, (byte) 'a')));
      assertThat(recording.conversations().get(0).bytes(Side.CLIENT).utf8()).isEqualTo("a");
    }
  }

  @ParameterizedTest
  @CsvSource({"47,GRE", "50,ESP", "97,EtherIP", "108,IPComp", "115,L2TP", "137,MPLS"})
  void packets_in_protocols_of_ip_that_are_not_read_are_counted(int protocol, String name)
      throws IOException {
    byte[] packet = packets.inside(protocol, new byte[4], packets, exchange(packets).get(0));
    assertThat(read(List.of(packet, packet)).problems())
        .containsExactly("2 packets left out: " + name + " is not read");
  }

  @Test
  void what_carries_no_connection_is_no_loss() throws IOException {
    byte[] arp = exchange(packets).get(0);
    Bytes.hex("0806").toBuffer().get(arp, 12, 2);
    byte[] spanningTree = exchange(packets).get(0);
    Bytes.hex("0026424203").toBuffer().get(spanningTree, 12, 5);
    byte[] icmp = packets.inside(1, new byte[8], packets, exchange(packets).get(0));
    assertThat(read(List.of(arp, spanningTree, icmp)).problems()).isEmpty();
  }

  @Test
  void a_tunnel_in_a_tunnel_without_end_is_damage() throws IOException {
    byte[] packet = Bytes.hex("45000400000000004004" + "0000" + "0a0000010a000001").toArray();
    byte[] nested = new byte[1_024];
    for (int i = 0; i + packet.length <= nested.length; i += packet.length) {
      System.arraycopy(packet, 0, nested, i, packet.length);
    }
    assertThat(read(CaptureFile.pcap(Packets.Link.RAW, List.of(nested))).problems())
        .containsExactly("1 packet left out: the headers are damaged or cut");
  }

  @Test
  void packets_before_the_first_one_keep_their_distances() throws IOException {
    List<byte[]> all = exchange(packets);
    byte[] head = CaptureFile.pcapng(LITTLE, 1, List.of(all.get(6)));
    long millis = 1_700_000_000_000L;
    List<byte[]> parts = new ArrayList<>(List.of(head));
    for (int i = 0; i < 6; i++) {
      byte[] none = {};
      parts.add(CaptureFile.enhancedPacket(LITTLE, millis - 5_000 + i * 1_000L, all.get(i), none));
    }
    Recording recording = read(parts.toArray(byte[][]::new));

    assertThat(recording.startedAt()).isEqualTo(Instant.ofEpochMilli(millis - 5_000));
    Conversation datagrams = recording.conversations().get(0);
    Conversation connection = recording.conversations().get(1);
    assertThat(datagrams.openedAtNanos()).isEqualTo(5_000_000_000L);
    assertThat(connection.openedAtNanos()).isZero();
    assertThat(connection.events())
        .extracting(Event::nanos)
        .containsExactly(
            2_000_000_000L, 3_000_000_000L, 4_000_000_000L, 4_000_000_000L, 5_000_000_000L);
  }

  @Test
  void a_packet_without_a_time_does_not_set_the_zero() throws IOException {
    List<byte[]> all = exchange(packets);
    byte[] noPackets = CaptureFile.pcapng(LITTLE, 1, List.of());
    byte[] frame = all.get(6);
    byte[] simple =
        CaptureFile.block(
            LITTLE, 3, new byte[-frame.length & 3], body -> body.putInt(frame.length).put(frame));
    long millis = 1_700_000_000_000L;
    byte[] timed = CaptureFile.enhancedPacket(LITTLE, millis, all.get(0), new byte[] {});

    // Its interface is the first, of Linux cooked packets: it is not read, and has no time.
    assertThat(read(noPackets, simple, timed).startedAt()).isEqualTo(Instant.ofEpochMilli(millis));
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
  void fragments_come_in_any_order_and_twice() throws IOException {
    byte[] data = new byte[60_000];
    Arrays.fill(data, (byte) 7);
    List<byte[]> fragments = new ArrayList<>(packets.fragments(1_480, 1, 2, data));
    fragments.addAll(List.copyOf(fragments));
    Collections.shuffle(fragments, new Random(1));

    Conversation conversation = read(fragments).conversations().get(0);

    assertThat(conversation.bytes(Side.CLIENT, 0, 60_000)).isEqualTo(Bytes.of(data));
  }

  @Test
  void a_reset_of_a_connection_whose_start_is_missing_is_no_refusal() throws IOException {
    Recording recording =
        read(
            List.of(
                packets.tcp(40_000, 80, 1, 1, ACK, new byte[1]),
                packets.tcp(80, 40_000, 1, 2, RST | ACK)));

    assertThat(Ledger.text(recording)).contains("server RST").doesNotContain("refused");
  }

  @Test
  void of_too_many_conversations_the_one_that_is_silent_ends() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (int port = 1; port <= 32_769; port++) {
      all.add(packets.udp(port, 60_000, new byte[1]));
    }
    all.add(packets.udp(1, 60_000, new byte[1]));
    all.add(packets.udp(32_769, 60_000, new byte[1]));

    assertThat(read(all).connections()).isEqualTo(32_770);
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

  /** The seed of a failure is in its description. */
  @Test
  void what_was_sent_is_read_whatever_the_order_of_the_segments() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Packets.Link link = Packets.Link.values()[seed % Packets.Link.values().length];
      RandomTraffic traffic = RandomTraffic.of(seed, new Packets(link, seed % 2 == 0), 0);
      List<Bytes> read = new ArrayList<>();
      Recording recording = read(CaptureFile.pcap(link, traffic.packets()));
      for (Conversation conversation : recording.conversations()) {
        assertThat(conversation.isOpen()).as("seed %s", seed).isFalse();
        read.add(conversation.bytes(Side.CLIENT));
        read.add(conversation.bytes(Side.SERVER));
      }
      assertThat(read)
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(traffic.sent().stream().map(Bytes::of).toList());
    }
  }
}

package dev.partyline.store;

import static dev.partyline.store.Packets.ACK;
import static dev.partyline.store.Packets.RST;
import static dev.partyline.store.Packets.SYN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.view.Ledger;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PcapngReadTest extends PacketExchange {
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

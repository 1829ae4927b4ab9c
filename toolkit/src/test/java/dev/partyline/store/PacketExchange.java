package dev.partyline.store;

import static dev.partyline.store.Packets.ACK;
import static dev.partyline.store.Packets.FIN;
import static dev.partyline.store.Packets.SYN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * A capture of a connection and of datagrams, as packets made by hand, and what is read from it.
 */
abstract class PacketExchange {
  static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
  static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  @TempDir Path directory;

  final Packets packets = new Packets(Packets.Link.ETHERNET, false);

  final Recording read(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return Pcapng.read(Files.write(directory.resolve("test.pcap"), out.toByteArray()));
  }

  final Recording read(List<byte[]> captured) throws IOException {
    return read(CaptureFile.pcap(packets.link(), captured));
  }

  static List<byte[]> exchange(Packets packets) {
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

  static void checkExchange(Recording recording) {
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
}

package dev.partyline.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.peers.Program;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {
  private final AtomicLong clock = new AtomicLong();
  private final Recorder recorder = new Recorder(clock::get);

  private ConversationRecorder open(Transport transport, String client, String server) {
    return recorder.open(transport, client, server);
  }

  private ConversationRecorder smtp() {
    ConversationRecorder conversationRecorder =
        open(Transport.TCP, "127.0.0.1:40001", "127.0.0.1:2525");
    clock.addAndGet(2_006_434_000L);
    conversationRecorder.recordSent(
        Side.CLIENT, Bytes.hex("45484c4f20612e6578616d706c650d0a001b80206361").toBuffer());
    clock.addAndGet(1_003_217_000L);
    conversationRecorder.recordSent(Side.SERVER, Bytes.utf8("250 hi\r\n").toBuffer());
    conversationRecorder.recordFin(Side.CLIENT);
    conversationRecorder.recordRst(Side.SERVER);
    return conversationRecorder;
  }

  @Test
  void asciiLooksLikeTcpdump() {
    assertThat(Dump.ascii(smtp().snapshot()))
        .isEqualTo(
            """
            00:00:02.006434 IP 127.0.0.1.40001 > 127.0.0.1.2525: Flags [P.], seq 1:23, ack 1, length 22
            EHLO a.example
            ... ca
            00:00:03.009651 IP 127.0.0.1.2525 > 127.0.0.1.40001: Flags [P.], seq 1:9, ack 23, length 8
            250 hi

            00:00:03.009651 IP 127.0.0.1.40001 > 127.0.0.1.2525: Flags [F.], seq 23, ack 9, length 0
            00:00:03.009651 IP 127.0.0.1.2525 > 127.0.0.1.40001: Flags [R], seq 9, length 0
            """);
  }

  @Test
  void hexLooksLikeTcpdump() {
    assertThat(Dump.hex(smtp().snapshot()))
        .startsWith(
            """
            00:00:02.006434 IP 127.0.0.1.40001 > 127.0.0.1.2525: Flags [P.], seq 1:23, ack 1, length 22
            \t0x0000:  4548 4c4f 2061 2e65 7861 6d70 6c65 0d0a  EHLO.a.example..
            \t0x0010:  001b 8020 6361                           ....ca
            """);
  }

  @Test
  void offsetsOfAHexDumpHaveAsManyDigitsAsTheyNeed() {
    Bytes bytes = Bytes.of(new byte[0x10001]);
    Conversation conversation = Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, bytes)));
    assertThat(Dump.hex(conversation).lines().map(row -> row.split(":", 2)[0]))
        .contains("\t0x0000", "\t0xfff0", "\t0x10000");
  }

  @Test
  void otherNetworksAndDatagrams() {
    ConversationRecorder six = open(Transport.TCP, "[::1]:40001", "[::1]:2525");
    six.recordSent(Side.CLIENT, Bytes.utf8("a").toBuffer());
    ConversationRecorder udp = open(Transport.UDP, "127.0.0.1:5", "127.0.0.1:53");
    udp.recordSent(Side.SERVER, Bytes.utf8("abc").toBuffer());
    ConversationRecorder unix = open(Transport.UNIX, "", "/tmp/a\nb");
    clock.set(1_000_000);
    unix.recordSent(Side.CLIENT, Bytes.utf8("x").toBuffer());
    assertThat(Dump.ascii(recorder.recording()))
        .isEqualTo(
            """
            00:00:00.000000 IP6 ::1.40001 > ::1.2525: Flags [P.], seq 1:2, ack 1, length 1
            a
            00:00:00.000000 IP 127.0.0.1.53 > 127.0.0.1.5: UDP, length 3
            abc
            00:00:00.001000 unix  > /tmp/a\\nb: Flags [P.], seq 1:2, ack 1, length 1
            x
            """);
  }

  @Test
  void remarksAndWhatWasDroppedAreComments() {
    ConversationRecorder conversationRecorder =
        new Recorder(() -> 0, RecordingPolicy.headAndTail(1, 1)).open(Transport.TCP, "1:1", "1:2");
    conversationRecorder.recordNote("first\nremark");
    conversationRecorder.recordSent(Side.CLIENT, Bytes.utf8("a".repeat(2_000)).toBuffer());
    conversationRecorder.recordNote("last");
    assertThat(Dump.ascii(conversationRecorder.snapshot().exact()))
        .isEqualTo(
            """
            # first\\nremark
            00:00:00.000000 IP 1.1 > 1.2: Flags [P.], seq 1:2, ack 1, length 1
            a
            # 1,998 bytes dropped here (client)
            00:00:00.000000 IP 1.1 > 1.2: Flags [P.], seq 2000:2001, ack 1, length 1
            a
            # last
            """);
  }

  @Test
  void noControlGetsOut() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Conversation conversation =
        Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, Bytes.of(all))));
    assertThat(Dump.ascii(conversation) + Dump.hex(conversation)).matches("[\\x20-\\x7e\\t\\n]*");
  }

  /** The bytes below the headers of a real packet are the same, sixteen to a row from its start. */
  @Test
  void theBytesStandAsRealTcpdumpPrintsThem(@TempDir Path directory) throws IOException {
    byte[] payload = new byte[300];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (i * 7 + (i > 250 ? '\r' : 0));
    }
    payload[40] = '\r';
    payload[41] = '\n';
    payload[299] = '\r';
    // With the 28 bytes of IP and UDP and 4 of padding, the payload begins a row.
    Path file = directory.resolve("sent.pcap");
    Files.write(file, capture(payload));
    Conversation conversation =
        Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, Bytes.of(payload))));
    String hex = Program.run("", "tcpdump", "-nXr", file);
    assertThat(withoutOffsets(Dump.hex(conversation), 1)).isEqualTo(withoutOffsets(hex, 4));
    String ascii = Program.run("", "tcpdump", "-nAr", file);
    String actual = Dump.ascii(conversation);
    assertThat(ascii).endsWith(actual.substring(actual.indexOf('\n') + 1));
  }

  private static String withoutOffsets(String dump, int firstRow) {
    return dump.lines()
        .filter(line -> !line.startsWith("reading "))
        .skip(firstRow - 1)
        .filter(line -> line.startsWith("\t0x"))
        .map(line -> line.substring("\t0x0000".length()))
        .collect(Collectors.joining("\n"));
  }

  private static byte[] capture(byte[] payload) {
    int length = 32 + payload.length;
    ByteBuffer out = ByteBuffer.allocate(40 + length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    out.putInt(65535).putInt(101).putInt(0).putInt(0).putInt(length).putInt(length);
    out.order(ByteOrder.BIG_ENDIAN).putShort((short) 0x4600).putShort((short) length);
    // A header of 24 bytes: four of empty options make the payload begin a row.
    out.putInt(0).putShort((short) 0x4011).putShort((short) 0).putInt(0x7f000001);
    out.putInt(0x7f000001).putInt(0x01010101).putShort((short) 40001).putShort((short) 9);
    out.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
    assertThat(new String(out.array(), ISO_8859_1)).hasSize(40 + length);
    return out.array();
  }
}

package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapngTunnelsTest extends PacketExchange {
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
}

package dev.partyline.internal.net.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatagramDropsTest {
  @TempDir private Path tables;

  @Test
  void addressesAreWordsInTheByteOrderOfTheMachine() {
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    assertThat(ProcTables.columnText(new InetSocketAddress("127.0.0.1", 53)))
        .isEqualTo(little ? "0100007F:0035" : "7F000001:0035");
    assertThat(ProcTables.columnText(new InetSocketAddress("::1", 53)))
        .isEqualTo("0".repeat(24) + (little ? "01000000" : "00000001") + ":0035");
  }

  @Test
  void dropsOfTheSameAddressAreCounted() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress("127.0.0.1", 0));
      String local = ProcTables.columnText(channel.getLocalAddress());
      Files.writeString(
          tables.resolve("udp"),
          "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
              + "  timeout inode ref pointer drops\n"
              + row(local, 7)
              + row("0100007F:0000", 9));
      assertThat(DatagramDrops.drops(List.of(channel), tables)).containsOnly(Map.entry(local, 7L));
    }
  }

  @Test
  void withoutATableNothingIsKnown() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress("127.0.0.1", 0));
      assertThat(DatagramDrops.drops(List.of(channel), tables)).isEmpty();
    }
  }

  private static String row(String local, int drops) {
    return "  326: "
        + local
        + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 15031 2 0 "
        + drops
        + "\n";
  }
}

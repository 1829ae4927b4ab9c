package dev.partyline.netstat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.wire.Transport;
import java.nio.file.Path;

/** Tables in the format of the kernel, for tests. */
final class Tables {
  /** A directory without any process. */
  private static final Path NO_PROC = Path.of("no-such-proc");

  private Tables() {}

  static ConnectionTable tcp(String... lines) {
    return of(Transport.TCP, 4, lines);
  }

  static ConnectionTable tcp6(String... lines) {
    return of(Transport.TCP, 6, lines);
  }

  static ConnectionTable udp(String... lines) {
    return of(Transport.UDP, 4, lines);
  }

  static ConnectionTable unix(String... lines) {
    ProcNet procNet = new ProcNet(NO_PROC);
    procNet.addUnix(bytes(lines));
    return procNet.table();
  }

  /** Returns a line of TCP or UDP over IPv4 between ports of 127.0.0.1. */
  static String line(int state, int port, int peer, long sendQueue, long receiveQueue, long inode) {
    return line(state, port, peer, sendQueue, receiveQueue, inode, 0, 0, 0);
  }

  static String line(
      int state,
      int port,
      int peer,
      long sendQueue,
      long receiveQueue,
      long inode,
      int timer,
      long timerCentis,
      int retransmits) {
    return String.format(
        "   0: 0100007F:%04X %s:%04X %02X %08X:%08X %02X:%08X %08X  1000        0 %d 1 0 100 0 0"
            + " 10",
        port,
        peer == 0 ? "00000000" : "0100007F",
        peer,
        state,
        sendQueue,
        receiveQueue,
        timer,
        timerCentis,
        retransmits,
        inode);
  }

  private static ConnectionTable of(Transport transport, int ipVersion, String... lines) {
    ProcNet procNet = new ProcNet(NO_PROC);
    procNet.addInet(transport, ipVersion, bytes(lines));
    return procNet.table();
  }

  private static byte[] bytes(String... lines) {
    return ("head\n" + String.join("\n", lines) + "\n").getBytes(UTF_8);
  }
}

package dev.partyline.contract;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes arrive as they were sent: all of them, unchanged, in order. */
interface BytesContract extends ContractTest {
  /** Can be set to more, such as 1024 for 1 GiB. */
  int MEBIBYTES = Integer.getInteger("partyline.bulk", 64);

  int CONNECTIONS = 1_000;

  @ParameterizedTest
  @MethodSource("routes")
  default void one_at_a_time(TransportPair transports) throws IOException {
    Pattern pattern = new Pattern(4);
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      for (int i = 0; i < 2_000; i++) {
        pair.client().send(pattern.slice(i, 1));
        pair.server().expect(pattern, i, i + 1);
        pair.server().send(pattern.slice(i, 1));
        pair.client().expect(pattern, i, i + 1);
      }
      // Not more at once, because a Unix domain socket holds few unread pieces.
      for (int i = 0; i < 5_000; i += 100) {
        pair.client().send(pattern, i, i + 100, 1);
        pair.server().expect(pattern, i, i + 100);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void in_pieces_of_any_size(TransportPair transports) throws Exception {
    Pattern pattern = new Pattern(5);
    Random random = new Random(6);
    List<Integer> pieces = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      pieces.add(1 + random.nextInt(1 << random.nextInt(18)));
    }
    int all = pieces.stream().mapToInt(Integer::intValue).sum();
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair();
        Helpers helpers = new Helpers()) {
      helpers.run(
          () -> {
            int offset = 0;
            for (int piece : pieces) {
              pair.server().send(pattern.slice(offset, piece));
              offset += piece;
            }
            pair.server().shutdownOutput();
          });
      pair.client().expect(pattern, 0, all);
      pair.client().expectFin();
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void many_both_ways_at_once(TransportPair transports) throws Exception {
    Pattern clientToServer = new Pattern(7);
    Pattern serverToClient = new Pattern(8);
    long size = (long) MEBIBYTES << 20;
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair();
        Helpers helpers = new Helpers()) {
      helpers.run(
          () -> {
            pair.client().send(clientToServer, 0, size, Pattern.MAX_BYTES);
            pair.client().shutdownOutput();
          });
      helpers.run(
          () -> {
            pair.server().send(serverToClient, 0, size, Pattern.MAX_BYTES);
            pair.server().shutdownOutput();
          });
      helpers.run(
          () -> {
            pair.server().expect(clientToServer, 0, size);
            pair.server().expectFin();
          });
      pair.client().expect(serverToClient, 0, size);
      pair.client().expectFin();
      helpers.await();
    }
  }

  /** With TLS these are two thousand handshakes, which take a while on a busy machine. */
  @ParameterizedTest
  @MethodSource("routes")
  @Timeout(300)
  default void on_a_thousand_connections_at_once(TransportPair transports) throws IOException {
    List<BlockingPeer> peers = new ArrayList<>();
    try (Setup setup = open(transports)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.add(setup.connect());
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.get(i).send("%08d".formatted(i));
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        BlockingPeer server = setup.accept();
        peers.add(server);
        server.send("you are " + server.receive(8));
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.get(i).expect("you are %08d".formatted(i));
      }
    } finally {
      for (BlockingPeer peer : peers) {
        peer.close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tcpRoutes")
  default void urgent_ones_come_in_line(TransportPair transports) throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      SocketChannel server = pair.server().channel();
      server.socket().setOOBInline(true);
      server.setOption(StandardSocketOptions.TCP_NODELAY, true);
      pair.client().send("before");
      pair.client().channel().socket().sendUrgentData('!');
      pair.client().send("after");
      pair.client().channel().socket().sendUrgentData('?');
      pair.server().expect("before!after?");
    }
  }
}

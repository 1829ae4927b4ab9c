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

/** Bytes arrive as they were said: all of them, unchanged, in order. */
interface BytesContract extends ContractTest {
  /** Settable to more, such as 1024 for 1 GiB. */
  int MEBIBYTES = Integer.getInteger("partyline.bulk", 64);

  int CONNECTIONS = 1_000;

  @ParameterizedTest
  @MethodSource("routes")
  default void one_at_a_time(TransportPair route) throws IOException {
    Pattern pattern = new Pattern(4);
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      for (int i = 0; i < 2_000; i++) {
        call.client().say(pattern.at(i, 1));
        call.server().expect(pattern, i, i + 1);
        call.server().say(pattern.at(i, 1));
        call.client().expect(pattern, i, i + 1);
      }
      // Not more at once, for a Unix domain socket holds few pieces that are not read.
      for (int i = 0; i < 5_000; i += 100) {
        call.client().say(pattern, i, i + 100, 1);
        call.server().expect(pattern, i, i + 100);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void in_pieces_of_any_size(TransportPair route) throws Exception {
    Pattern pattern = new Pattern(5);
    Random random = new Random(6);
    List<Integer> pieces = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      pieces.add(1 + random.nextInt(1 << random.nextInt(18)));
    }
    int all = pieces.stream().mapToInt(Integer::intValue).sum();
    try (Setup line = line(route);
        Setup.Call call = line.call();
        Helpers helpers = new Helpers()) {
      helpers.run(
          () -> {
            int at = 0;
            for (int piece : pieces) {
              call.server().say(pattern.at(at, piece));
              at += piece;
            }
            call.server().finish();
          });
      call.client().expect(pattern, 0, all);
      call.client().expectFin();
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void many_both_ways_at_once(TransportPair route) throws Exception {
    Pattern up = new Pattern(7);
    Pattern down = new Pattern(8);
    long size = (long) MEBIBYTES << 20;
    try (Setup line = line(route);
        Setup.Call call = line.call();
        Helpers helpers = new Helpers()) {
      helpers.run(
          () -> {
            call.client().say(up, 0, size, Pattern.MOST);
            call.client().finish();
          });
      helpers.run(
          () -> {
            call.server().say(down, 0, size, Pattern.MOST);
            call.server().finish();
          });
      helpers.run(
          () -> {
            call.server().expect(up, 0, size);
            call.server().expectFin();
          });
      call.client().expect(down, 0, size);
      call.client().expectFin();
      helpers.await();
    }
  }

  /** Under TLS that is two thousand handshakes, for which a busy machine takes its time. */
  @ParameterizedTest
  @MethodSource("routes")
  @Timeout(300)
  default void on_a_thousand_connections_at_once(TransportPair route) throws IOException {
    List<BlockingPeer> open = new ArrayList<>();
    try (Setup line = line(route)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        open.add(line.connect());
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        open.get(i).say("%08d".formatted(i));
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        BlockingPeer server = line.accept();
        open.add(server);
        server.say("you are " + server.hear(8));
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        open.get(i).expect("you are %08d".formatted(i));
      }
    } finally {
      for (BlockingPeer peer : open) {
        peer.close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tcpRoutes")
  default void urgent_ones_come_in_line(TransportPair route) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      SocketChannel server = call.server().channel();
      server.socket().setOOBInline(true);
      server.setOption(StandardSocketOptions.TCP_NODELAY, true);
      call.client().say("before");
      call.client().channel().socket().sendUrgentData('!');
      call.client().say("after");
      call.client().channel().socket().sendUrgentData('?');
      call.server().expect("before!after?");
    }
  }
}

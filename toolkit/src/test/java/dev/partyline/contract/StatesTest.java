package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.ClientSpec;
import dev.partyline.loopback.Connection;
import dev.partyline.loopback.Handler;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The states of a connection (RFC 9293, 3.3.2), each reached over real sockets: a client, a
 * listener and a tap record the same.
 */
@Timeout(60)
class StatesTest {
  private static final int PIECE = 1 << 16;
  private static final int MUCH = 512 * PIECE;

  private static final Weather WEATHER = Weather.parse("delay 1ms; slice 20KB pause 0ms");

  /** What records the connection. */
  enum Kind {
    CLIENT,
    LISTENER,
    CLIENT_IN_WEATHER,
    LISTENER_IN_WEATHER,
    TAP;

    ClientSpec client(SocketAddress server) {
      ClientSpec spec = Client.to(server);
      return this == CLIENT_IN_WEATHER ? spec.in(WEATHER) : spec;
    }

    ListenerSpec listener(Handler handler) {
      ListenerSpec spec = Listener.handling(handler);
      return this == LISTENER_IN_WEATHER ? spec.in(WEATHER) : spec;
    }
  }

  @ParameterizedTest
  @EnumSource
  void established_carries_bytes_both_ways(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.peer.send("hello");
      assertThat(ends.own.read(5).utf8()).isEqualTo("hello");
      ends.own.send("world");
      ends.peer.expect("world");
      assertThat(ends.ledgerSoFar()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void in_close_wait_we_still_send(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.peer.send("bye");
      ends.peer.shutdownOutput();
      assertThat(ends.own.readToEnd().utf8()).isEqualTo("bye");
      ends.own.send("not yet");
      ends.peer.expect("not yet");
      ends.expectLedger("peer FIN 3");
      ends.own.shutdownOutput();
      ends.peer.expectFin();
      ends.expectLedger("peer FIN 3", "own FIN 7");
    }
  }

  @ParameterizedTest
  @EnumSource
  void in_fin_wait_we_still_receive(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.own.shutdownOutput();
      ends.peer.expectFin();
      ends.peer.send("still here");
      assertThat(ends.own.read(10).utf8()).isEqualTo("still here");
      ends.expectLedger("own FIN 0");
      ends.peer.close();
      ends.own.readToEnd();
      ends.expectLedger("own FIN 0", "peer FIN 10");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_fin_that_is_wanted_comes_after_all_bytes(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      CompletableFuture<Void> sent = ends.sendMuch();
      ends.own.shutdownOutput();
      ends.expectMuch();
      ends.peer.expectFin();
      sent.get();
      ends.expectLedger("own FIN " + MUCH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_fin_that_is_wanted_in_close_wait_comes_after_all_bytes(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.peer.shutdownOutput();
      ends.own.readToEnd();
      CompletableFuture<Void> sent = ends.sendMuch();
      ends.own.shutdownOutput();
      ends.expectMuch();
      ends.peer.expectFin();
      sent.get();
      ends.expectLedger("peer FIN 0", "own FIN " + MUCH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_rst_ends_an_established_connection(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.peer.send("bye");
      assertThat(ends.own.read(3).utf8()).isEqualTo("bye");
      ends.peer.reset();
      assertThatThrownBy(() -> ends.own.read(1)).hasMessageContaining("has sent an RST");
      ends.expectLedger("peer RST 3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_rst_ends_fin_wait(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.own.shutdownOutput();
      ends.peer.expectFin();
      ends.peer.reset();
      assertThatThrownBy(() -> ends.own.read(1)).hasMessageContaining("has sent an RST");
      ends.expectLedger("own FIN 0", "peer RST 0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_rst_ends_close_wait_when_we_send(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.peer.close();
      ends.own.readToEnd();
      ends.expectLedger("peer FIN 0");
      ends.sendUntilRefused();
      assertThat(ends.ledger()).startsWith("peer FIN 0", "peer RST 0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_rst_ends_a_connection_whose_fin_is_wanted(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      CompletableFuture<Void> sent = ends.sendMuch();
      ends.own.shutdownOutput();
      ends.peer.reset();
      assertThatThrownBy(sent::get).hasMessageContaining("has sent an RST");
      assertThat(ends.ledger()).contains("peer RST 0");
    }
  }

  @ParameterizedTest
  @EnumSource
  void our_rst_reaches_the_peer(Kind kind) throws Exception {
    try (Ends ends = Ends.open(kind)) {
      ends.own.reset();
      ends.peer.expectReset();
      ends.expectLedger("own RST 0");
    }
  }

  /** Our end and a plain channel as its peer, with or without a tap in between. */
  private static final class Ends implements Closeable {
    private final Connection own;
    private final BlockingPeer peer;
    private final Recording recording;
    private final Side ownSide;
    private final Closeable[] resources;

    private Ends(
        Connection own,
        BlockingPeer peer,
        Recording recording,
        Side ownSide,
        Closeable... resources) {
      this.own = own;
      this.peer = peer;
      this.recording = recording;
      this.ownSide = ownSide;
      this.resources = resources;
    }

    static Ends open(Kind kind) throws Exception {
      if (kind == Kind.LISTENER || kind == Kind.LISTENER_IN_WEATHER) {
        return openListener(kind);
      }
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      if (kind != Kind.TAP) {
        Client client = kind.client(server.getLocalAddress()).start();
        BlockingPeer peer = new BlockingPeer(server.accept());
        return new Ends(
            client, peer, client.recording(), Side.CLIENT, client::close, peer::close, server);
      }
      Tap tap = Tap.to(server.getLocalAddress()).start();
      Client client = Client.to(tap.address()).start();
      BlockingPeer peer = new BlockingPeer(server.accept());
      return new Ends(
          client,
          peer,
          tap.recording(),
          Side.CLIENT,
          client::close,
          peer::close,
          tap::close,
          server);
    }

    private static Ends openListener(Kind kind) throws Exception {
      CompletableFuture<Connection> accepted = new CompletableFuture<>();
      CountDownLatch done = new CountDownLatch(1);
      Listener listener =
          kind.listener(
                  connection -> {
                    accepted.complete(connection);
                    done.await();
                  })
              .start();
      BlockingPeer peer = new BlockingPeer(SocketChannel.open(listener.address()));
      return new Ends(
          accepted.get(),
          peer,
          listener.recording(),
          Side.SERVER,
          done::countDown,
          peer::close,
          listener::close);
    }

    /** Sends more than the kernel takes from a thread of its own, which blocks. */
    CompletableFuture<Void> sendMuch() {
      List<Bytes> pieces = new ArrayList<>();
      for (int offset = 0; offset < MUCH; offset += PIECE) {
        pieces.add(Bytes.copyOf(new Pattern(40).slice(offset, PIECE)));
      }
      Bytes much = Bytes.join(pieces);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> own.send(much));
      recording.await(() -> recording.byteCount(ownSide) > 0, Setup.SOON);
      recording.awaitIdle(Duration.ofMillis(100), Setup.SOON);
      return sent;
    }

    void expectMuch() throws IOException {
      peer.expect(new Pattern(40), 0, MUCH);
    }

    void sendUntilRefused() {
      assertThatThrownBy(
              () -> {
                while (true) {
                  own.send("are you there?");
                }
              })
          .hasMessageContaining("has sent an RST");
    }

    List<String> ledgerSoFar() {
      return Setup.ledgerLines(recording.conversations().get(0)).stream()
          .map(line -> line.replace(ownSide.toString(), "own"))
          .map(line -> line.replace(ownSide.peer().toString(), "peer"))
          .toList();
    }

    /** Returns the ledger once the connection is closed. */
    List<String> ledger() {
      recording.await(() -> !recording.conversations().get(0).isOpen(), Setup.SOON);
      return ledgerSoFar();
    }

    void expectLedger(String... entries) {
      recording.await(() -> ledgerSoFar().size() == entries.length, Setup.SOON);
      assertThat(ledgerSoFar()).containsExactly(entries);
    }

    @Override
    public void close() throws IOException {
      for (Closeable resource : resources) {
        resource.close();
      }
    }
  }
}

package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A listening server, and what is between it and its clients. */
final class Setup implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);

  private static final int BACKLOG = 2_000;

  private final ServerSocketChannel server;
  private final @Nullable Tap tap;
  private final @Nullable Tap inner;

  private Setup(ServerSocketChannel server, @Nullable Tap tap, @Nullable Tap inner) {
    this.server = server;
    this.tap = tap;
    this.inner = inner;
  }

  static Setup direct(TransportPair transports) throws IOException {
    return new Setup(listen(transports), null, null);
  }

  static Setup tapped(TransportPair transports) throws IOException {
    return tapped(transports, spec -> spec);
  }

  static Setup tapped(TransportPair transports, UnaryOperator<TapSpec> customizer)
      throws IOException {
    ServerSocketChannel server = listen(transports);
    TapSpec spec =
        customizer
            .apply(Tap.to(server.getLocalAddress()))
            .over(transports.isClientUnix() ? Transport.UNIX : Transport.TCP);
    return new Setup(server, (transports.isIpv6() ? spec.overIpv6() : spec).start(), null);
  }

  /** Returns a setup with two taps in between, which use TLS with each other. */
  static Setup secured(TransportPair transports, Tls tls) throws IOException {
    ServerSocketChannel server = listen(transports);
    TapSpec exit = Tap.to(server.getLocalAddress()).clientTls(tls).over(Transport.TCP);
    Tap inner = (transports.isIpv6() ? exit.overIpv6() : exit).start();
    TapSpec entry =
        Tap.to(inner.address())
            .serverTls(tls)
            .over(transports.isClientUnix() ? Transport.UNIX : Transport.TCP);
    return new Setup(server, (transports.isIpv6() ? entry.overIpv6() : entry).start(), inner);
  }

  private static ServerSocketChannel listen(TransportPair transports) throws IOException {
    SocketAddress address = transports.serverAddress();
    ServerSocketChannel server =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    return server.bind(address, BACKLOG);
  }

  /** Returns a connection: both of its ends. */
  PeerPair connectPair() throws IOException {
    return new PeerPair(connect(), accept());
  }

  BlockingPeer connect() throws IOException {
    return new BlockingPeer(SocketChannel.open(address()));
  }

  BlockingPeer accept() throws IOException {
    return new BlockingPeer(server.accept());
  }

  /** Returns the address that clients connect to. */
  SocketAddress address() throws IOException {
    return tap == null ? server.getLocalAddress() : tap.address();
  }

  /** Returns the tap in between. */
  Tap tap() {
    if (tap == null) {
      throw new IllegalStateException("there is no tap on a direct line");
    }
    return tap;
  }

  /** Returns the close ledger of a connection through the tap, once it is closed. */
  List<String> ledger(int number) {
    return ledger(tap(), number);
  }

  /** Returns the close ledger of a connection through a tap, once it is closed. */
  static List<String> ledger(Tap tap, int number) {
    Recording recording = tap.recording();
    boolean closed =
        recording.await(
            () ->
                recording.connections() >= number
                    && !recording.conversations().get(number - 1).isOpen(),
            SOON);
    List<String> ledger = ledgerLines(recording.conversations().get(number - 1));
    assertThat(closed).as("connection closed; its ledger: " + ledger).isTrue();
    return ledger;
  }

  /** Returns lines such as {@code client FIN 8}, each with its cause if it has one. */
  static List<String> ledgerLines(Conversation conversation) {
    return conversation.ledger().stream()
        .map(
            each ->
                each.side()
                    + " "
                    + each.kind()
                    + " "
                    + each.offset()
                    + (each.cause().isEmpty() ? "" : ": " + each.cause()))
        .toList();
  }

  @Override
  public void close() throws IOException {
    SocketAddress address = server.getLocalAddress();
    try (server) {
      if (tap != null) {
        tap.close();
      }
      if (inner != null) {
        inner.close();
      }
    } finally {
      if (address instanceof UnixDomainSocketAddress unix) {
        Files.delete(unix.getPath());
      }
    }
  }

  /** The two ends of one connection. */
  record PeerPair(BlockingPeer client, BlockingPeer server) implements AutoCloseable {
    BlockingPeer peer(Side side) {
      return side == Side.CLIENT ? client : server;
    }

    @Override
    public void close() throws IOException {
      try (client;
          server) {}
    }
  }
}

package dev.partyline.internal.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The address that a listener or a tap is to have, and how it is bound: completely, or not at all.
 *
 * <p>What opens a channel here throws a {@link BindFailedException} if the system does not allow
 * it.
 *
 * @param transport what carries the connections
 * @param host the address of the interface
 * @param port the port, 0 for any free one
 * @param path the path of a Unix domain socket, null for a new one
 */
public record Binding(Transport transport, InetAddress host, int port, @Nullable Path path) {
  /** The JDK allows a byte less than the kernel does (unix(7)). */
  private static final int MAX_PATH_BYTES = 106;

  private static final int MAX_ATTEMPTS = 3;

  /** The kernel cuts it down to what it allows ({@code net.core.somaxconn}). */
  private static final int BACKLOG = 4096;

  /** Returns a binding to a free port of 127.0.0.1, or to a new path. */
  public static Binding onLoopback(Transport transport) {
    return new Binding(transport, Addresses.loopback(), 0, null);
  }

  public Binding withTransport(Transport newTransport) {
    return new Binding(newTransport, host, port, path);
  }

  public Binding withHost(InetAddress newHost) {
    return new Binding(transport, newHost, port, path);
  }

  public Binding withPort(int newPort) {
    return new Binding(transport, host, ArgumentChecks.port(newPort, 0), path);
  }

  /** Returns a binding to a path, which only a Unix domain socket has. */
  public Binding withPath(Path newPath) {
    return new Binding(Transport.UNIX, host, port, newPath);
  }

  /** Returns whether a connect to the address would reach this binding. */
  public boolean matches(SocketAddress address) {
    if (transport == Transport.UNIX) {
      return address instanceof UnixDomainSocketAddress unix && unix.getPath().equals(path);
    }
    return address instanceof InetSocketAddress inet
        && inet.getPort() == port
        && host.equals(inet.getAddress());
  }

  /** Checks what can be known before a socket is opened. */
  public void check() {
    if (transport == Transport.UNIX && port != 0) {
      throw new LoopbackException(
          "port (" + port + ") means nothing to a Unix domain socket: leave it out");
    }
  }

  /** Opens a channel that listens with a long backlog, in non-blocking mode. */
  public ServerSocketChannel listen() {
    return listen(BACKLOG);
  }

  /** Opens a channel that listens, in non-blocking mode. */
  public ServerSocketChannel listen(int backlog) {
    return (ServerSocketChannel) bind(false, backlog);
  }

  /** Opens a channel for datagrams, in non-blocking mode. */
  public DatagramChannel bindDatagrams() {
    return (DatagramChannel) bind(false, 0);
  }

  /** Opens a socket that holds the address and does not listen. */
  public NetworkChannel hold() {
    return bind(true, 0);
  }

  private NetworkChannel bind(boolean holdOnly, int backlog) {
    for (int attempt = 1; ; attempt++) {
      SocketAddress bindAddress = address();
      NetworkChannel channel = null;
      try {
        channel = open(holdOnly);
        bind(channel, bindAddress, backlog, holdOnly);
        return channel;
      } catch (IOException | RuntimeException e) {
        Closeables.closeAfter(e, channel);
        // Another process may have taken the path that was generated here.
        boolean generatedPath = transport == Transport.UNIX && path == null;
        if (!generatedPath || attempt == MAX_ATTEMPTS || !(e instanceof BindException)) {
          throw new BindFailedException(transport, bindAddress, e);
        }
      }
    }
  }

  private NetworkChannel open(boolean holdOnly) throws IOException {
    if (transport == Transport.UDP) {
      return DatagramChannel.open(family());
    }
    return holdOnly ? SocketChannel.open(family()) : ServerSocketChannel.open(family());
  }

  private void bind(
      NetworkChannel channel, SocketAddress bindAddress, int backlog, boolean holdOnly)
      throws IOException {
    if (channel instanceof ServerSocketChannel serverChannel) {
      serverChannel.bind(bindAddress, backlog).configureBlocking(false);
    } else if (channel instanceof DatagramChannel datagrams) {
      DatagramBuffers.enlarge(datagrams);
      datagrams.bind(bindAddress).configureBlocking(false);
      if (holdOnly) {
        // Connected to itself, it receives from no other address: the kernel answers those by ICMP.
        datagrams.connect(datagrams.getLocalAddress());
      }
    } else {
      if (transport == Transport.TCP) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
      }
      channel.bind(bindAddress);
    }
  }

  private SocketAddress address() {
    if (transport != Transport.UNIX) {
      return new InetSocketAddress(host, port);
    }
    Path socketPath = path == null ? generatePath() : path;
    int size = socketPath.toString().getBytes(UTF_8).length;
    if (size > MAX_PATH_BYTES) {
      throw new LoopbackException(
          "cannot listen on unix "
              + socketPath
              + ": the path takes "
              + size
              + " bytes, but that of a Unix domain socket may take "
              + MAX_PATH_BYTES
              + "; choose a shorter one");
    }
    return UnixDomainSocketAddress.of(socketPath);
  }

  private static Path generatePath() {
    String name = "partyline-" + UUID.randomUUID().toString().substring(0, 13) + ".sock";
    Path tempPath = Path.of(System.getProperty("java.io.tmpdir", "/tmp"), name);
    // The directory for temporary files may be deep: on macOS it is.
    return tempPath.toString().length() > 100 ? Path.of("/tmp", name) : tempPath;
  }

  private ProtocolFamily family() {
    return transport == Transport.UNIX
        ? StandardProtocolFamily.UNIX
        : familyOf(new InetSocketAddress(host, port));
  }

  /** Returns the family of sockets that can be bound or connected to an address. */
  public static ProtocolFamily familyOf(SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return inet.getAddress() instanceof Inet6Address
          ? StandardProtocolFamily.INET6
          : StandardProtocolFamily.INET;
    }
    return StandardProtocolFamily.UNIX;
  }

  /** Returns the address that a channel has been bound to. */
  public static SocketAddress addressOf(NetworkChannel channel) {
    try {
      SocketAddress address = channel.getLocalAddress();
      if (address == null) {
        throw new LoopbackException("cannot tell where a socket is bound: it is not");
      }
      return address;
    } catch (IOException e) {
      throw new LoopbackException("cannot tell where a socket is bound: " + e.getMessage(), e);
    }
  }

  /**
   * Deletes the file that a Unix domain socket leaves behind: its path could not be bound again.
   */
  public static void deletePath(SocketAddress address, BackgroundFailures failures) {
    if (address instanceof UnixDomainSocketAddress unix) {
      try {
        Files.deleteIfExists(unix.getPath());
      } catch (IOException e) {
        failures.add("the socket's path " + unix + " could not be deleted", e);
      }
    }
  }

  /** Returns where it is to be bound, such as {@code tcp 127.0.0.1:0}. */
  @Override
  public String toString() {
    return transport == Transport.UNIX
        ? "unix " + (path == null ? "on a new path" : path)
        : Addresses.literal(transport, new InetSocketAddress(host, port));
  }
}

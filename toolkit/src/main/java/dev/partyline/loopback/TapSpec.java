package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BindFailedException;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.JdkSockets;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.weather.Weather;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * The specification of a {@link Tap}: an immutable value; each method returns a changed copy.
 *
 * <p>By default the tap is in clear weather, on 127.0.0.1, on any free port, over the transport of
 * the server's address (TCP for a host and port), and records everything.
 */
public final class TapSpec {
  private final SocketAddress server;
  private final Binding binding;
  private final TapOptions options;

  private TapSpec(SocketAddress server, Binding binding, TapOptions options) {
    this.server = server;
    this.binding = binding;
    this.options = options;
    options.check(binding.transport());
    if (binding.transport() == Transport.UDP && server instanceof UnixDomainSocketAddress) {
      throw new IllegalArgumentException(
          "transport (UDP) does not go with the server's address " + server + ": use TCP or UNIX");
    }
  }

  static TapSpec of(SocketAddress server) {
    JdkSockets.load();
    return new TapSpec(
        Addresses.checkServer(server),
        Binding.onLoopback(Addresses.streamTransport(server)),
        TapOptions.DEFAULT);
  }

  SocketAddress server() {
    return server;
  }

  Binding binding() {
    return binding;
  }

  TapOptions options() {
    return options;
  }

  /**
   * Returns a spec whose clients connect over this transport, such as TCP to a server that listens
   * on a Unix domain socket.
   *
   * @throws IllegalArgumentException if a tap cannot relay between it and the server's transport:
   *     UDP goes with UDP only
   */
  public TapSpec over(Transport transport) {
    return with(binding.withTransport(transport));
  }

  /**
   * Returns a spec for this port. Better leave it out, because a fixed port may be in use.
   *
   * @param port the port, 0 for any free one
   * @throws IllegalArgumentException if it is not in 0..65535
   */
  public TapSpec onPort(int port) {
    return with(binding.withPort(port));
  }

  /** Returns a spec for ::1, the loopback address of IPv6. */
  public TapSpec overIpv6() {
    return beyondLoopback(Addresses.loopback6());
  }

  /** Returns a spec for a Unix domain socket at this path, which must not exist yet. */
  public TapSpec onPath(Path path) {
    return with(binding.withPath(path));
  }

  /**
   * Returns a spec for another interface than the loopback: every host that can reach this address
   * can connect to the server through the tap.
   *
   * @param host the address of the interface, or the wildcard address for all of them
   */
  public TapSpec beyondLoopback(InetAddress host) {
    return with(binding.withHost(host));
  }

  /** Returns a spec with this weather, from the first connection on. */
  public TapSpec in(Weather weather) {
    return with(options.withWeather(weather));
  }

  /** Returns a spec that records what this policy says rather than everything. */
  public TapSpec keeping(RecordingPolicy recordingPolicy) {
    return with(options.withRecordingPolicy(recordingPolicy));
  }

  /** Returns a spec with other rules for what is masked in failures and files. */
  public TapSpec redacting(Redaction redaction) {
    return with(options.withRedaction(redaction));
  }

  /**
   * Returns a spec that decrypts TLS: it uses TLS with the clients, which have to trust {@link
   * Tls#standard()}, and with the server, whose certificate it does not verify. Without this, TLS
   * passes through encrypted.
   *
   * <p>No ALPN is offered or chosen, so clients and servers fall back to HTTP/1.1. For another
   * protocol, or to verify the server's certificate, use {@link #clientTls} and {@link #serverTls}
   * instead. TLS starts with the first byte: protocols that start it mid-connection, such as
   * STARTTLS, do not work through a tap like this, and pass encrypted through one without it.
   */
  public TapSpec decrypting() {
    return clientTls(Tls.standard()).serverTls(Tls.standard().trustingAll());
  }

  /** Returns a spec that uses TLS with the clients, from the first byte on. */
  public TapSpec clientTls(Tls tls) {
    return with(options.withClientTls(tls));
  }

  /** Returns a spec that uses TLS with the server, from the first byte on. */
  public TapSpec serverTls(Tls tls) {
    return with(options.withServerTls(tls));
  }

  /**
   * Returns a spec in front of this listener, which stands for the server: the clients see the same
   * as before, and the tap uses no TLS with the listener.
   *
   * @throws IllegalArgumentException if a tap cannot relay between its transport and that of the
   *     clients: UDP goes with UDP only
   */
  public TapSpec inFrontOf(Listener listener) {
    if ((listener.transport() == Transport.UDP) != (binding.transport() == Transport.UDP)) {
      throw new IllegalArgumentException(
          "listener ("
              + listener
              + ") must have the transport of the clients, "
              + binding.transport()
              + ": UDP goes with UDP only");
    }
    return new TapSpec(listener.address(), binding, options.withServerTls(null));
  }

  private TapSpec with(Binding other) {
    return new TapSpec(server, other, options);
  }

  private TapSpec with(TapOptions other) {
    return new TapSpec(server, binding, other);
  }

  /**
   * Opens the tap; when this returns, clients can connect. The tap connects to the server when a
   * client has connected, never before.
   *
   * @throws LoopbackException if that is not possible, such as for a port in use or an unknown host
   *     of the server; nothing is left open
   * @throws IllegalArgumentException if a fault of the weather makes no sense over the transport
   */
  public Tap start() {
    binding.check();
    if (binding.matches(server)) {
      throw new LoopbackException(
          "cannot stand in front of "
              + Addresses.literal(server)
              + ": that is the tap's own address, so it would connect to itself");
    }
    if (server instanceof InetSocketAddress inet && inet.isUnresolved()) {
      throw new LoopbackException(
          "cannot connect to " + Addresses.literal(server) + ": there is no host of that name");
    }
    try {
      return new Tap(this);
    } catch (BindFailedException e) {
      throw BindDiagnosis.explain(e);
    }
  }

  @Override
  public String toString() {
    return "Tap{" + binding + " to " + Addresses.literal(server) + ", not started}";
  }
}

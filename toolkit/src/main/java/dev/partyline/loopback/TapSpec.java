package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BindFailedException;
import dev.partyline.internal.net.Binding;
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
 * What a {@link Tap} is to be like: an immutable value; each method returns a changed copy.
 *
 * <p>Unless told otherwise it is a tap in clear weather, on 127.0.0.1, on any free port, over the
 * transport of the server's address (TCP for a host and port), that keeps everything.
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
   * Returns a spec whose clients come over this transport, such as TCP to a server that listens on
   * a Unix domain socket.
   *
   * @throws IllegalArgumentException if no tap connects it with the server's: UDP goes with UDP
   *     only
   */
  public TapSpec over(Transport transport) {
    return with(binding.withTransport(transport));
  }

  /**
   * Returns a spec for this port; better leave it out, for only a free one can never be taken.
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

  /** Returns a spec for a Unix domain socket at this path, where nothing may be yet. */
  public TapSpec onPath(Path path) {
    return with(binding.withPath(path));
  }

  /**
   * Returns a spec for another interface than the loopback: whoever can reach this address can talk
   * to the server through the tap.
   *
   * @param host the address of the interface, or the wildcard address for all of them
   */
  public TapSpec beyondLoopback(InetAddress host) {
    return with(binding.withHost(host));
  }

  /** Returns a spec in whose weather the first connection comes already. */
  public TapSpec in(Weather weather) {
    return with(options.withWeather(weather));
  }

  /** Returns a spec that keeps what this policy says rather than everything. */
  public TapSpec keeping(RecordingPolicy recordingPolicy) {
    return with(options.withRecordingPolicy(recordingPolicy));
  }

  /** Returns a spec with other rules for what must not be read in a failure or a file. */
  public TapSpec redacting(Redaction redaction) {
    return with(options.withRedaction(redaction));
  }

  /**
   * Returns a spec that reads TLS in plain: it speaks TLS with the clients, who have to trust
   * {@link Tls#standard()}, and TLS with the server, whose certificate it does not check. Without
   * this TLS passes through unread, as all else.
   *
   * <p>No ALPN is offered or chosen, so clients and servers fall back to HTTP/1.1; for another
   * protocol, or to check the server's certificate, use {@link #clientTls} and {@link #serverTls}
   * instead. TLS is spoken from the first byte on: what starts it in the middle, such as STARTTLS,
   * does not pass a tap like this, and passes one without it unread.
   */
  public TapSpec decrypting() {
    return clientTls(Tls.standard()).serverTls(Tls.standard().trustingAll());
  }

  /** Returns a spec that speaks TLS with the clients, from the first byte on. */
  public TapSpec clientTls(Tls tls) {
    return with(options.withClientTls(tls));
  }

  /** Returns a spec that speaks TLS with the server, from the first byte on. */
  public TapSpec serverTls(Tls tls) {
    return with(options.withServerTls(tls));
  }

  private TapSpec with(Binding other) {
    return new TapSpec(server, other, options);
  }

  private TapSpec with(TapOptions other) {
    return new TapSpec(server, binding, other);
  }

  /**
   * Opens the tap; when this returns, it can be connected to. The server is dialled when a client
   * has come, never before.
   *
   * @throws LoopbackException if that is not possible, such as for a port in use or a server's host
   *     that nobody knows; nothing is left open then
   * @throws IllegalArgumentException if a fault of the weather makes no sense over the transport
   */
  public Tap start() {
    binding.check();
    if (binding.matches(server)) {
      throw new LoopbackException(
          "cannot stand in front of "
              + Addresses.literal(server)
              + ": that is the tap's own address, so it would dial itself");
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

package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.BindFailedException;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.EventLoopHolder;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.internal.relay.DatagramTapSocket;
import dev.partyline.internal.relay.RefusableSocket;
import dev.partyline.internal.relay.TapSocket;
import dev.partyline.internal.relay.Upstream;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.IpText;
import dev.partyline.script.transcript.Redacted;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.Holds;
import dev.partyline.weather.ThreadWeather;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * Sits between a real client and a real server, passes everything on, records every byte, and makes
 * bad weather on request.
 *
 * <p>The client connects to the tap, which connects to the server for each connection. In clear
 * weather neither side sees a difference to a direct connection, except for addresses and urgent
 * data, which is passed on in line. The tap has accepted the client before it connects to the
 * server: so a server that refuses looks like a reset, and one that does not answer like silence;
 * the ledger names the real cause.
 *
 * <p>A Unix domain socket has no RST: faults that reset are refused over it, and where TCP is on
 * the other side of the tap, an RST there is the end of the stream here.
 *
 * <p>Over UDP each client address has a socket of its own to the server. When there are 1,000, a
 * new client ends the connection that was silent for longest, which has a note that says so.
 *
 * <p>A spec is an immutable value; {@link TapSpec#start()} opens it. Safe to use from several
 * threads.
 */
public final class Tap implements Weathered, Redacted, AutoCloseable {
  private final TapSpec spec;
  private final Recorder recorder;
  private final BackgroundFailures failures;
  private final FaultInjector injector;
  private final TapSocket socket;
  private final OpenSocketOwner openEntry;
  private final CloseOnce closeOnce = new CloseOnce();

  Tap(TapSpec spec) {
    this.spec = spec;
    this.recorder = new Recorder(Ticker.SYSTEM, spec.options().recordingPolicy());
    this.failures = new BackgroundFailures(recorder::problem);
    Weather ofThread = ThreadWeather.get().over(transport());
    this.injector = new FaultInjector(spec.options().weather().and(ofThread), transport());
    Upstream upstream =
        new Upstream(
            spec.server(), spec.options().clientTlsSetup(), spec.options().serverTlsSetup());
    this.socket =
        spec.binding().transport() == Transport.UDP
            ? new DatagramTapSocket(spec.binding(), upstream, recorder, injector, failures)
            : RefusableSocket.ofTap(spec.binding(), upstream, recorder, injector, failures);
    injector.onChange(this::onFaultsChanged);
    injector.holds().onChange(this::onStateChanged);
    socket.open();
    this.openEntry = OpenSocketOwner.register(this, socket);
  }

  /**
   * Returns the spec of a tap in front of a server.
   *
   * @param server an {@link InetSocketAddress} or a {@link UnixDomainSocketAddress}
   * @throws IllegalArgumentException if its port is 0
   */
  public static TapSpec to(SocketAddress server) {
    return TapSpec.of(server);
  }

  /**
   * Returns the spec of a tap in front of a server on 127.0.0.1.
   *
   * @throws IllegalArgumentException if the port is not in 1..65535
   */
  public static TapSpec to(int port) {
    return to(new InetSocketAddress(Addresses.loopback(), ArgumentChecks.port(port, 1)));
  }

  /**
   * Returns the spec of a tap in front of a server.
   *
   * @param host its name or literal address
   * @throws IllegalArgumentException if the port is not in 1..65535
   */
  public static TapSpec to(String host, int port) {
    return to(new InetSocketAddress(host, ArgumentChecks.port(port, 1)));
  }

  /** Returns the spec of a tap in front of a listener, over its transport. */
  public static TapSpec to(Listener listener) {
    return to(listener.address()).over(listener.transport());
  }

  /**
   * Returns the port for clients to connect to.
   *
   * @throws IllegalStateException for a Unix domain socket, which has none
   */
  public int port() {
    return Addresses.inet(this, address()).getPort();
  }

  /**
   * Returns the literal address for clients to connect to, such as {@code 127.0.0.1} or {@code
   * ::1}.
   *
   * @throws IllegalStateException for a Unix domain socket, which has none
   */
  public String host() {
    return IpText.print(Addresses.inet(this, address()).getAddress());
  }

  /** Returns where it listens: an {@link InetSocketAddress} or {@link UnixDomainSocketAddress}. */
  public SocketAddress address() {
    return socket.address();
  }

  /**
   * Returns the path of its Unix domain socket.
   *
   * @throws IllegalStateException over TCP and UDP, which have no path
   */
  public Path path() {
    return Addresses.path(this, address());
  }

  Transport transport() {
    return spec.binding().transport();
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }

  @Override
  public Redaction redaction() {
    return spec.options().redaction();
  }

  /**
   * Injects faults, which affect open connections as well; closing the guard removes them. Neither
   * loses or reorders bytes that are on their way.
   *
   * @throws IllegalArgumentException if one makes no sense over the transport of this tap
   */
  public FaultGuard inject(Fault... faults) {
    return injector.inject(faults);
  }

  /** Returns what the faults have done so far. */
  @Override
  public WeatherReport weatherReport() {
    return injector.report();
  }

  /** Returns the seed of all random decisions: a weather with this seed repeats them. */
  @Override
  public long seed() {
    return injector.seed();
  }

  @Override
  public Holds holds() {
    return injector.holds();
  }

  /**
   * Returns what has failed in the background so far: failures of the tap itself, bytes that could
   * not be recorded, and on Linux the datagrams that the kernel has dropped before the tap could
   * read them. What {@link #close} has thrown is not among them.
   */
  public List<AssertionError> backgroundFailures() {
    if (!closeOnce.hasStarted()) {
      socket.reportDrops();
    }
    return failures.all();
  }

  /**
   * Returns when everything that clients and servers had sent before this call is recorded, except
   * for what back pressure holds back.
   *
   * @throws IllegalStateException if a fault of its weather calls this
   */
  public void drainInput() {
    checkNotOnLoop("drainInput");
    if (!closeOnce.hasStarted()) {
      socket.drainInput();
    }
  }

  /** Checks that the caller is not the thread that it would wait for. */
  private void checkNotOnLoop(String method) {
    if (EventLoopHolder.isEventLoopThread()) {
      throw new IllegalStateException(
          method
              + "() of "
              + this
              + " was called by a fault, on the thread that carries the connections, and would wait"
              + " for itself: leave it to the test");
    }
  }

  private void onFaultsChanged() {
    if (closeOnce.hasStarted()) {
      return;
    }
    try {
      socket.updateRefusal();
    } catch (BindFailedException e) {
      throw BindDiagnosis.explain(e);
    }
    onStateChanged();
  }

  private void onStateChanged() {
    if (!closeOnce.hasStarted()) {
      socket.onStateChanged();
    }
  }

  /**
   * Closes the tap and its connections: those with bytes on their way are reset, the others get a
   * FIN at both ends. When this returns, a connect is refused and the port can be bound again.
   * Closing again has no effect.
   *
   * @throws AssertionError if the tap itself failed meanwhile, datagrams were lost before it, or
   *     bytes could not be recorded
   * @throws IllegalStateException if a fault of its weather calls this
   */
  @Override
  public void close() {
    checkNotOnLoop("close");
    closeOnce.run(
        () -> {
          injector.close(this);
          openEntry.unregister();
          socket.close();
          Binding.deletePath(address(), failures);
        },
        failures::throwIfAny);
  }

  /** Returns its address, that of the server, and whether it is closed. */
  @Override
  public String toString() {
    return "Tap{"
        + Addresses.literal(spec.binding().transport(), address())
        + " to "
        + Addresses.literal(spec.server())
        + (closeOnce.hasStarted() ? ", closed}" : "}");
  }
}

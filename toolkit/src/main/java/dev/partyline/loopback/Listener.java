package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.BoundSocket;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.internal.text.IpText;
import dev.partyline.script.Script;
import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.WeatherOwner;
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
import org.jspecify.annotations.Nullable;

/**
 * A server for the code under test: it plays a script, runs a {@link Handler}, or misbehaves in one
 * particular way.
 *
 * <p>By default it listens on 127.0.0.1 and on any free port. It records every connection. A spec,
 * made by one of the static methods here, is an immutable value; {@link ListenerSpec#start()} opens
 * it. Safe to use from several threads.
 */
public final class Listener implements ScriptedPeer, WeatherOwner, AutoCloseable {
  private final ListenerSpec spec;
  private final Recorder recorder;
  private final Marks marks;
  private final BackgroundFailures failures;
  private final EndpointOwnerFactory ownerFactory;
  private final OwnWeather weather;
  private final BoundSocket socket;
  private final Runnable marksListener;
  private final OpenSocketOwner openEntry;
  private final CloseOnce closeOnce = new CloseOnce();

  Listener(ListenerSpec spec) {
    this.spec = spec;
    this.recorder = new Recorder(Ticker.SYSTEM, spec.options().recordingPolicy());
    this.marks = spec.options().marksOrNew();
    this.failures = new BackgroundFailures(recorder::problem);
    this.ownerFactory = spec.mode().ownerFactory(spec, recorder, marks, failures);
    this.weather = new OwnWeather(this, spec.options().weather(), transport(), recorder, failures);
    this.socket = spec.mode().bind(spec, recorder, ownerFactory, weather, failures);
    this.marksListener = this::onStateChanged;
    marks.addListener(marksListener);
    weather.injector().holds().onChange(marksListener);
    socket.open();
    this.openEntry = OpenSocketOwner.register(this, socket);
  }

  /**
   * Returns the spec of a listener that sends the script's {@code S} lines and expects its {@code
   * C} lines.
   *
   * @throws dev.partyline.script.ScriptException if a listener cannot play it, such as if a line
   *     that it sends has a name without a value
   */
  public static ListenerSpec playing(Script script) {
    return ListenerSpec.of(new ListenerMode.ScriptMode(script));
  }

  /**
   * Returns the spec of a listener that plays a wire script, given as text, as {@link
   * #playing(Script)} does.
   *
   * @throws dev.partyline.script.ScriptException if it is not a valid script, or a listener cannot
   *     play it
   */
  public static ListenerSpec playing(String script) {
    return playing(Script.parse(script));
  }

  /** Returns the spec of a listener that runs the handler, on a thread for each connection. */
  public static ListenerSpec handling(Handler handler) {
    return ListenerSpec.of(new ListenerMode.HandlerMode(handler));
  }

  /** Returns the spec of a listener that accepts and reads, and never sends anything. */
  public static ListenerSpec silent() {
    return ListenerSpec.of(ListenerMode.UnresponsiveMode.SILENT);
  }

  /**
   * Returns the spec of a listener that accepts and never reads, so that its peers get stuck; with
   * TLS they do so in the handshake.
   */
  public static ListenerSpec neverReading() {
    return ListenerSpec.of(ListenerMode.UnresponsiveMode.NEVER_READING);
  }

  /**
   * Returns the spec of a listener that never accepts and whose backlog is full: over TCP a connect
   * is not answered and times out, over a Unix domain socket it blocks (EAGAIN if it must not).
   */
  public static ListenerSpec neverAccepting() {
    return ListenerSpec.of(ListenerMode.UnresponsiveMode.NEVER_ACCEPTING);
  }

  /**
   * Returns the spec of an address that is held without listening: a connect is refused, a datagram
   * is answered by an ICMP message. Unlike a port that is merely closed, no other socket can listen
   * there.
   */
  public static ListenerSpec refusing() {
    return ListenerSpec.of(ListenerMode.UnresponsiveMode.REFUSING);
  }

  /**
   * Returns the port.
   *
   * @throws IllegalStateException for a Unix domain socket, which has none
   */
  public int port() {
    return Addresses.inet(this, address()).getPort();
  }

  /**
   * Returns the literal address that it listens on, such as {@code 127.0.0.1} or {@code ::1}.
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

  private void onStateChanged() {
    if (!closeOnce.hasStarted()) {
      socket.onStateChanged();
    }
  }

  Transport transport() {
    return spec.binding().transport();
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }

  /** Returns what the faults of {@link ListenerSpec#in} have done, as a tap has it. */
  @Override
  public Weathered weather() {
    return weather;
  }

  @Override
  public Script script() {
    return spec.mode().script();
  }

  @Override
  public List<ScriptRun> runs() {
    return ownerFactory.runs();
  }

  @Override
  public Cursor cursor(int connection) {
    return ownerFactory.cursor(connection);
  }

  @Override
  public List<String> unusedBlocks() {
    return ownerFactory.unused();
  }

  @Override
  public Redaction redaction() {
    return spec.options().redactionOrStandard();
  }

  @Override
  public Marks marks() {
    return marks;
  }

  /**
   * Returns what has failed in the background so far: the exceptions of handlers, failures of the
   * listener itself, bytes that could not be recorded, and on Linux the datagrams that the kernel
   * has dropped before the listener could read them. What {@link #close} has thrown is not among
   * them.
   */
  public List<AssertionError> backgroundFailures() {
    if (!closeOnce.hasStarted()) {
      socket.reportDrops();
    }
    return failures.all();
  }

  /**
   * Returns when everything that peers had sent before this call is recorded, and has been
   * processed by the script or can be read by the handler, except for what back pressure holds
   * back.
   */
  public void drainInput() {
    if (!closeOnce.hasStarted()) {
      socket.drainInput();
    }
  }

  /**
   * Closes the listener and its connections: those whose peer has not taken all that was sent are
   * reset, the others get a FIN. When this returns, a connect is refused, the port can be bound
   * again, and no handler is running, even if the caller is interrupted. Closing again has no
   * effect but to wait for the same and to throw what has failed since.
   *
   * <p>A handler may close its own listener: then this neither waits for handlers nor throws their
   * failures, which it leaves to the close by the test.
   *
   * @throws AssertionError if a handler failed, or did not end within a second of being
   *     interrupted; it names the connection or the thread; also if bytes could not be recorded
   */
  @Override
  public void close() {
    closeOnce.run(
        () -> {
          weather.injector().close(this);
          openEntry.unregister();
          marks.removeListener(marksListener);
          socket.close();
          Binding.deletePath(address(), failures);
        },
        () -> ownerFactory.shutdown(failures));
  }

  /** Returns its address, and whether it is closed. */
  @Override
  public String toString() {
    @Nullable String label = spec.mode().label();
    return "Listener{"
        + Addresses.literal(spec.binding().transport(), address())
        + (label == null ? "" : ", " + label)
        + (closeOnce.hasStarted() ? ", closed}" : "}");
  }
}

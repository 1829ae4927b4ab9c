package dev.partyline.loopback;

import dev.partyline.script.Script;
import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.weather.WeatherOwner;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client for a server under test: it plays a script, or is driven by hand like telnet.
 *
 * <p>It records its connection. A spec, made by one of the static methods here, is an immutable
 * value; {@link ClientSpec#start()} connects.
 */
public final class Client implements Connection, ScriptedPeer, WeatherOwner, AutoCloseable {
  private final ClientSpec spec;
  private final ClientConnector connector;
  private final CloseOnce closeOnce = new CloseOnce();

  Client(ClientSpec spec) {
    this.spec = spec;
    this.connector = new ClientConnector(this, spec);
    connector.connect(this);
  }

  /**
   * Returns the spec of a client of this server.
   *
   * @param host a literal address, or a name, which is resolved by this call
   * @param port the port, 1..65535
   * @throws IllegalArgumentException if the port is out of range
   */
  public static ClientSpec to(String host, int port) {
    return to(new InetSocketAddress(host, port));
  }

  /**
   * Returns the spec of a client of this server, such as {@link Listener#address()}.
   *
   * @param server an {@link InetSocketAddress} or {@link java.net.UnixDomainSocketAddress}
   */
  public static ClientSpec to(SocketAddress server) {
    return ClientSpec.of(server);
  }

  @Override
  public void send(Bytes bytes) {
    connection().send(bytes);
  }

  @Override
  public void expect(String text) {
    connection().expect(text);
  }

  @Override
  public String readLine() {
    return connection().readLine();
  }

  @Override
  public Bytes read(int count) {
    return connection().read(count);
  }

  @Override
  public Bytes readAvailable() {
    return connection().readAvailable();
  }

  @Override
  public Bytes readToEnd() {
    return connection().readToEnd();
  }

  @Override
  public void startTls(Tls tls) {
    connection().startTls(tls);
  }

  @Override
  public void shutdownOutput() {
    connection().shutdownOutput();
  }

  @Override
  public void reset() {
    connection().reset();
  }

  private BlockingConnection connection() {
    if (connector.owner() instanceof BlockingConnection connection) {
      return connection;
    }
    throw new IllegalStateException(this + " plays a script, so it cannot be driven by hand too");
  }

  @Override
  public Conversation conversation() {
    return connector.conversation();
  }

  @Override
  public Recording recording() {
    return connector.recorder.recording();
  }

  /** Returns what the faults of {@link ClientSpec#in} have done, as a tap has it. */
  @Override
  public Weathered weather() {
    return connector.weather();
  }

  @Override
  public Script script() {
    @Nullable Script script = spec.script();
    return script == null ? Script.builder().build() : script;
  }

  @Override
  public List<ScriptRun> runs() {
    return connector.ownerFactory.runs();
  }

  @Override
  public Cursor cursor(int connection) {
    return connector.ownerFactory.cursor(connection);
  }

  @Override
  public List<String> unusedBlocks() {
    return connector.ownerFactory.unused();
  }

  @Override
  public Redaction redaction() {
    return spec.options().redactionOrStandard();
  }

  @Override
  public Marks marks() {
    return connector.marks;
  }

  /**
   * Returns what has failed in the background so far: failures of the client itself, and bytes that
   * could not be recorded. What {@link #close} has thrown is not among them.
   */
  public List<AssertionError> backgroundFailures() {
    return connector.failures.all();
  }

  /**
   * Returns when everything that the server had sent before this call is recorded, and has been
   * processed by the script or can be read, except for what back pressure holds back.
   */
  public void drainInput() {
    if (!closeOnce.hasStarted()) {
      connector.drainInput();
    }
  }

  /**
   * Closes the connection: with a FIN, or with an RST if something is still unsent. Closing again
   * has no effect.
   *
   * @throws AssertionError if the client itself failed, or bytes could not be recorded
   */
  @Override
  public void close() {
    closeOnce.run(() -> connector.close(this), connector.failures::throwIfAny);
  }

  /** Returns its two addresses, and whether it is closed. */
  @Override
  public String toString() {
    return "Client{" + connector + (closeOnce.hasStarted() ? ", closed}" : "}");
  }
}

package dev.partyline.loopback;

import dev.partyline.script.Cursor;
import dev.partyline.script.Marks;
import dev.partyline.script.Redaction;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptRun;
import dev.partyline.script.ScriptedPeer;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client for a server to talk to: it plays a script, or is driven by hand like telnet.
 *
 * <p>It records what was said. A spec, made by one of the static methods here, is an immutable
 * value; {@link ClientSpec#start()} connects.
 */
public final class Client implements Connection, ScriptedPeer, AutoCloseable {
  private final ClientSpec spec;
  private final ClientConnector dialing;
  private final CloseOnce closing = new CloseOnce();

  Client(ClientSpec spec) {
    this.spec = spec;
    this.dialing = new ClientConnector(spec);
    dialing.dial(this);
  }

  /**
   * Returns the spec of a client of this server.
   *
   * @param host a literal address, or a name, which is looked up here
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
    hand().send(bytes);
  }

  @Override
  public void expect(String text) {
    hand().expect(text);
  }

  @Override
  public String readLine() {
    return hand().readLine();
  }

  @Override
  public Bytes read(int count) {
    return hand().read(count);
  }

  @Override
  public Bytes readAvailable() {
    return hand().readAvailable();
  }

  @Override
  public Bytes readToEnd() {
    return hand().readToEnd();
  }

  @Override
  public void startTls(Tls terms) {
    hand().startTls(terms);
  }

  @Override
  public void finish() {
    hand().finish();
  }

  @Override
  public void reset() {
    hand().reset();
  }

  private BlockingConnection hand() {
    if (dialing.talk() instanceof BlockingConnection hand) {
      return hand;
    }
    throw new IllegalStateException(this + " plays a script, so it cannot be driven by hand too");
  }

  @Override
  public Conversation conversation() {
    return dialing.conversation();
  }

  @Override
  public Recording recording() {
    return dialing.recorder.recording();
  }

  @Override
  public Script script() {
    @Nullable Script script = spec.script();
    return script == null ? Script.builder().build() : script;
  }

  @Override
  public List<ScriptRun> performances() {
    return dialing.host.performances();
  }

  @Override
  public Cursor cursor(int connection) {
    return dialing.host.cursor(connection);
  }

  @Override
  public List<String> unused() {
    return dialing.host.unused();
  }

  @Override
  public Redaction redaction() {
    return spec.settings().redactionOrStandard();
  }

  /** Returns the board on which the marks of its script are put up. */
  public Marks board() {
    return dialing.board;
  }

  /**
   * Returns when everything that the server had sent before this call is recorded, and has been met
   * by the script or can be read by hand; what is kept back by back pressure aside.
   */
  public void settle() {
    if (!closing.hasBegun()) {
      dialing.settle();
    }
  }

  /**
   * Closes the connection: with a FIN, or with an RST if something said has not left yet. More than
   * once is as good as once.
   *
   * @throws AssertionError if the client itself failed
   */
  @Override
  public void close() {
    closing.run(dialing::close, dialing.problems::report);
  }

  /** Returns where it is connected to, and whether it still is. */
  @Override
  public String toString() {
    return "Client{" + dialing + (closing.hasBegun() ? ", closed}" : "}");
  }
}

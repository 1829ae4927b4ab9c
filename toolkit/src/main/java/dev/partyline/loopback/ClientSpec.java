package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Client} is to be like: an immutable value; each method returns a changed copy.
 *
 * <p>Unless told otherwise it is driven by hand, over TCP (or a Unix domain socket, if that is what
 * the address names), and each of its waits lasts 5 s at most.
 */
public final class ClientSpec {
  private final SocketAddress server;
  private final Transport transport;
  private final @Nullable Script script;
  private final EndpointOptions options;

  private ClientSpec(
      SocketAddress server, Transport transport, @Nullable Script script, EndpointOptions options) {
    this.server = server;
    this.transport = transport;
    this.script = script;
    this.options = options;
    boolean unix = server instanceof UnixDomainSocketAddress;
    if (unix != (transport == Transport.UNIX)) {
      throw new IllegalArgumentException(
          "transport (" + transport + ") does not go with the address " + server);
    }
    options.check(transport);
    if (script != null) {
      // Whatever this side cannot play is found here, before anything opens.
      playerFactory(script, options.marksOrNew());
    }
  }

  static ClientSpec of(SocketAddress server) {
    return new ClientSpec(
        Addresses.checkServer(server),
        Addresses.streamTransport(server),
        null,
        EndpointOptions.DEFAULT);
  }

  PlayerFactory playerFactory(Script script, Marks marks) {
    return PlayerFactory.of(
        script, Side.CLIENT, transport, options.deadline(), marks, options.keepingTimes());
  }

  SocketAddress server() {
    return server;
  }

  Transport transport() {
    return transport;
  }

  @Nullable Script script() {
    return script;
  }

  EndpointOptions options() {
    return options;
  }

  /**
   * Returns a spec for this transport.
   *
   * @throws IllegalArgumentException if the address of the server is not of its kind
   */
  public ClientSpec over(Transport other) {
    return new ClientSpec(server, other, script, options);
  }

  /**
   * Returns the spec of a client that says the script's {@code C} lines and expects its {@code S}
   * lines.
   *
   * @throws dev.partyline.script.ScriptException if a client cannot play it, such as for a name
   *     without a value in what it says
   */
  public ClientSpec playing(Script other) {
    return new ClientSpec(server, transport, other, options);
  }

  /**
   * Returns the spec of a client that plays a wire script, given as text, as {@link
   * #playing(Script)} does.
   *
   * @throws dev.partyline.script.ScriptException if it is no script, or none that a client can play
   */
  public ClientSpec playing(String other) {
    return playing(Script.parse(other));
  }

  /**
   * Returns a spec with another deadline for each wait than 5 s, the connect included.
   *
   * @param deadline how long a wait may last, above 0, stretched by {@link
   *     dev.partyline.wire.TimeoutFactor}
   * @throws IllegalArgumentException if it is not above 0
   */
  public ClientSpec deadline(Duration deadline) {
    return with(options.withDeadline(deadline));
  }

  /** Returns a spec whose script puts its marks on this board, and awaits them there. */
  public ClientSpec sharing(Marks marks) {
    return with(options.withMarks(marks));
  }

  /** Returns a spec that says each line as long after the one before as its script was recorded. */
  public ClientSpec keepingTimes() {
    return with(options.withTimesKept());
  }

  /**
   * Returns a spec that speaks TLS: from the first byte on or, if its script has the statement
   * {@code tls}, from there on, where {@link Tls#standard()} is spoken if none is given. Scripts
   * and recordings have what is said under TLS.
   *
   * @throws IllegalArgumentException over UDP
   */
  public ClientSpec tls(Tls tls) {
    return with(options.withTls(tls));
  }

  /** Returns a spec with other rules for what must not be read in a failure or a file. */
  public ClientSpec redacting(Redaction redaction) {
    return with(options.withRedaction(redaction));
  }

  private ClientSpec with(EndpointOptions other) {
    return new ClientSpec(server, transport, script, other);
  }

  /**
   * Connects, and returns when that is done or has failed.
   *
   * <p>A client with a script takes a failure as the ending of its script: refused, or stuck when
   * there was no answer within the deadline.
   *
   * @throws LoopbackException if a client without a script cannot connect; nothing is left open
   *     then
   */
  public Client start() {
    return new Client(this);
  }

  @Override
  public String toString() {
    return "Client{to " + Addresses.literal(transport, server) + ", not started}";
  }
}

package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.JdkSockets;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.weather.Weather;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a {@link Client}: an immutable value; each method returns a changed copy.
 *
 * <p>By default the client is driven by hand, connects over TCP (over a Unix domain socket if the
 * address is that of one), and waits 5 s at most.
 */
public final class ClientSpec {
  private final SocketAddress server;
  private final Transport transport;
  private final @Nullable Script script;
  private final EndpointOptions options;
  private final @Nullable Duration connectRetry;

  private ClientSpec(
      SocketAddress server,
      Transport transport,
      @Nullable Script script,
      EndpointOptions options,
      @Nullable Duration connectRetry) {
    this.server = server;
    this.transport = transport;
    this.script = script;
    this.options = options;
    this.connectRetry = connectRetry;
    boolean unix = server instanceof UnixDomainSocketAddress;
    if (unix != (transport == Transport.UNIX)) {
      throw new IllegalArgumentException(
          "transport (" + transport + ") does not go with the address " + server);
    }
    options.check(transport);
    if (connectRetry != null && transport == Transport.UDP) {
      throw new IllegalArgumentException(
          "retryingConnect ("
              + connectRetry
              + ") needs a connect that can be refused, and UDP has none; use TCP or a Unix domain"
              + " socket");
    }
    if (script != null) {
      // A script that this side cannot play fails here, before a socket is opened.
      playerFactory(script, new Marks());
    }
  }

  static ClientSpec of(SocketAddress server) {
    JdkSockets.load();
    return new ClientSpec(
        Addresses.checkServer(server),
        Addresses.streamTransport(server),
        null,
        EndpointOptions.DEFAULT,
        null);
  }

  PlayerFactory playerFactory(Script script, Marks marks) {
    return options.playerFactory(script, Side.CLIENT, transport, marks);
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

  /** Returns how long a failed connect is tried again on this machine; zero for not at all. */
  Duration connectRetry() {
    return connectRetry == null ? Duration.ZERO : TimeoutFactor.stretch(connectRetry);
  }

  /**
   * Returns a spec for this transport.
   *
   * @throws IllegalArgumentException if the address of the server is not of its kind
   */
  public ClientSpec over(Transport other) {
    return new ClientSpec(server, other, script, options, connectRetry);
  }

  /**
   * Returns a spec whose client sends the script's {@code C} lines and expects its {@code S} lines.
   *
   * @throws dev.partyline.script.ScriptException if a client cannot play it, such as if a line that
   *     it sends has a name without a value
   */
  public ClientSpec playing(Script other) {
    return new ClientSpec(server, transport, other, options, connectRetry);
  }

  /**
   * Returns a spec whose client plays a wire script, given as text, as {@link #playing(Script)}
   * does.
   *
   * @throws dev.partyline.script.ScriptException if it is not a valid script, or a client cannot
   *     play it
   */
  public ClientSpec playing(String other) {
    return playing(Script.parse(other));
  }

  /**
   * Returns a spec with another deadline than 5 s for each wait, including the connect.
   *
   * @param deadline how long a wait may last, above 0, stretched by {@link
   *     dev.partyline.wire.TimeoutFactor}
   * @throws IllegalArgumentException if it is not above 0
   */
  public ClientSpec deadline(Duration deadline) {
    return with(options.withDeadline(deadline));
  }

  /**
   * Returns a spec whose client tries a connect that fails again, such as one that is refused
   * because the server is still starting, until it succeeds or this time has passed. Each connect
   * waits for the {@linkplain #deadline deadline} at most. Without this there is one.
   *
   * @param within how long to try, above 0, stretched by {@link dev.partyline.wire.TimeoutFactor}
   * @throws IllegalArgumentException if it is not above 0, or over UDP
   */
  public ClientSpec retryingConnect(Duration within) {
    return new ClientSpec(
        server, transport, script, options, ArgumentChecks.wait("within", within));
  }

  /** Returns a spec whose script sets and awaits its marks in these. */
  public ClientSpec sharing(Marks marks) {
    return with(options.withMarks(marks));
  }

  /**
   * Returns a spec that sends no line before its time in the recording, counted from the opening of
   * the connection; after a peer that is late, lines follow at once.
   */
  public ClientSpec keepingTimes() {
    return with(options.withTimesKept());
  }

  /**
   * Returns a spec that uses TLS from the first byte on or, if its script has the statement {@code
   * tls}, from there on. Without this, that statement uses {@link Tls#standard()}. Scripts and
   * recordings have the decrypted bytes.
   *
   * @throws IllegalArgumentException over UDP
   */
  public ClientSpec tls(Tls tls) {
    return with(options.withTls(tls));
  }

  /**
   * Returns a spec with this weather between the client and its peer, from the first connection on:
   * its peer meets the faults as behind a tap, and so do the bytes that the peer sends. The script
   * and the recording have what the client sends and receives. TLS is in the weather as it is, so
   * that faults that look for a text do not find it there.
   *
   * <p>A fault counts bytes as a {@link Tap} does, and what it has done is in {@code weather()}.
   *
   * <p>{@link #start} checks whether its faults make sense over the transport, and that none is
   * {@code refuse}, because the client connects before its weather.
   */
  public ClientSpec in(Weather weather) {
    return with(options.withWeather(weather));
  }

  /** Returns a spec that records what this policy says rather than everything. */
  public ClientSpec keeping(RecordingPolicy recordingPolicy) {
    return with(options.withRecordingPolicy(recordingPolicy));
  }

  /** Returns a spec with other rules for what is masked in failures and files. */
  public ClientSpec redacting(Redaction redaction) {
    return with(options.withRedaction(redaction));
  }

  private ClientSpec with(EndpointOptions other) {
    return new ClientSpec(server, transport, script, other, connectRetry);
  }

  /**
   * Connects, and returns when that is done or has failed.
   *
   * <p>In a client with a script, a failed connect ends the script: as refused, or as timed out if
   * there was no answer within the deadline.
   *
   * @throws LoopbackException if a client without a script cannot connect, or one with a script for
   *     want of a file descriptor; nothing is left open
   */
  public Client start() {
    return new Client(this);
  }

  @Override
  public String toString() {
    return "Client{to " + Addresses.literal(transport, server) + ", not started}";
  }
}

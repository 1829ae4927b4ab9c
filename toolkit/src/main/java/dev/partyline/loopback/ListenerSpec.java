package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BindFailedException;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.JdkSockets;
import dev.partyline.script.player.Marks;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.weather.Weather;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The specification of a {@link Listener}: an immutable value; each method returns a changed copy.
 *
 * <p>By default the listener is over TCP, on 127.0.0.1, on any free port, and waits 5 s at most.
 */
public final class ListenerSpec {
  private final ListenerMode mode;
  private final Binding binding;
  private final EndpointOptions options;

  private ListenerSpec(ListenerMode mode, Binding binding, EndpointOptions options) {
    this.mode = mode;
    this.binding = binding;
    this.options = options;
    options.check(binding.transport());
    mode.check(binding, options);
  }

  static ListenerSpec of(ListenerMode mode) {
    JdkSockets.load();
    return new ListenerSpec(mode, Binding.onLoopback(Transport.TCP), EndpointOptions.DEFAULT);
  }

  ListenerMode mode() {
    return mode;
  }

  Binding binding() {
    return binding;
  }

  EndpointOptions options() {
    return options;
  }

  /** Returns a spec for this transport; a Unix domain socket gets a new path, unless one is set. */
  public ListenerSpec over(Transport transport) {
    return with(binding.withTransport(transport));
  }

  /**
   * Returns a spec for this port. Better leave it out, because a fixed port may be in use.
   *
   * @param port the port, 0 for any free one
   * @throws IllegalArgumentException if it is not in 0..65535
   */
  public ListenerSpec onPort(int port) {
    return with(binding.withPort(port));
  }

  /** Returns a spec for ::1, the loopback address of IPv6. */
  public ListenerSpec overIpv6() {
    return beyondLoopback(Addresses.loopback6());
  }

  /** Returns a spec for a Unix domain socket at this path, which must not exist yet. */
  public ListenerSpec onPath(Path path) {
    return with(binding.withPath(path));
  }

  /**
   * Returns a spec for another interface than the loopback: every host that can reach this address
   * can connect to the listener.
   *
   * @param host the address of the interface, or the wildcard address for all of them
   */
  public ListenerSpec beyondLoopback(InetAddress host) {
    return with(binding.withHost(host));
  }

  /**
   * Returns a spec with another deadline than 5 s for each wait.
   *
   * @param deadline how long a wait may last, above 0, stretched by {@link
   *     dev.partyline.wire.TimeoutFactor}
   * @throws IllegalArgumentException if it is not above 0
   */
  public ListenerSpec deadline(Duration deadline) {
    return with(options.withDeadline(deadline));
  }

  /** Returns a spec whose script sets and awaits its marks in these. */
  public ListenerSpec sharing(Marks marks) {
    return with(options.withMarks(marks));
  }

  /**
   * Returns a spec that sends no line before its time in the recording, counted from the opening of
   * the connection; after a peer that is late, lines follow at once.
   */
  public ListenerSpec keepingTimes() {
    return with(options.withTimesKept());
  }

  /**
   * Returns a spec that uses TLS from the first byte on or, if its script has the statement {@code
   * tls}, from there on. Without this, that statement uses {@link Tls#standard()}. Scripts and
   * recordings have the decrypted bytes.
   *
   * @throws IllegalArgumentException over UDP
   */
  public ListenerSpec tls(Tls tls) {
    return with(options.withTls(tls));
  }

  /**
   * Returns a spec with this weather between the listener and its peer, from the first connection
   * on: its peer meets the faults as behind a tap, and so do the bytes that the peer sends. The
   * script and the recording have what the listener sends and receives. TLS is in the weather as it
   * is, so that faults that look for a text do not find it there.
   *
   * <p>A fault counts bytes as a {@link Tap} does, and what it has done is in {@code weather()}.
   *
   * <p>{@link #start} checks whether its faults make sense over the transport.
   */
  public ListenerSpec in(Weather weather) {
    return with(options.withWeather(weather));
  }

  /** Returns a spec that records what this policy says rather than everything. */
  public ListenerSpec keeping(RecordingPolicy recordingPolicy) {
    return with(options.withRecordingPolicy(recordingPolicy));
  }

  /** Returns a spec with other rules for what is masked in failures and files. */
  public ListenerSpec redacting(Redaction redaction) {
    return with(options.withRedaction(redaction));
  }

  private ListenerSpec with(Binding other) {
    return new ListenerSpec(mode, other, options);
  }

  private ListenerSpec with(EndpointOptions other) {
    return new ListenerSpec(mode, binding, other);
  }

  /**
   * Opens the listener; when this returns, clients can connect.
   *
   * @throws LoopbackException if that is not possible, such as for a port in use, a path that is
   *     too long, or a transport that cannot do what was asked; nothing is left open
   */
  public Listener start() {
    binding.check();
    try {
      return new Listener(this);
    } catch (BindFailedException e) {
      throw BindDiagnosis.explain(e);
    }
  }

  @Override
  public String toString() {
    String label = mode.label();
    return "Listener{" + binding + (label == null ? "" : ", " + label) + ", not started}";
  }
}

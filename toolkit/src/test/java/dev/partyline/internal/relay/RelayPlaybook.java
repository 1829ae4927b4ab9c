package dev.partyline.internal.relay;

import dev.partyline.internal.net.BufferPool;
import dev.partyline.internal.net.EventLines;
import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.Timer;
import dev.partyline.internal.net.procfs.PeerProgress;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.HeldTraffic;
import dev.partyline.weather.Weather;
import dev.partyline.weather.Weathered;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import dev.partyline.wire.Transport;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Plays events to a {@link RelayCore} without sockets, and writes down what it does: an event and
 * the actions on a line each, such as {@code client "hi" -> write server "hi"}.
 *
 * <p>What is added to the ledger stands at the end of a line, as in {@code [client FIN 2]}.
 */
final class RelayPlaybook implements RelayIo {
  private static final Pattern SENT = Pattern.compile("(client|server) \"(.*)\"(?: x (\\d+))?");
  private static final Pattern TAKES = Pattern.compile("(client|server) takes (\\d+)");
  private static final Pattern UNTAKEN = Pattern.compile("(client|server) has yet to take (\\d+)");
  private static final Pattern UNREAD = Pattern.compile("(client|server) has yet to read (\\d+)");
  private static final Pattern HOLD = Pattern.compile("(hold|release|step) (client|server)");
  private static final Pattern TIME = Pattern.compile("\\+(\\d+) ms");
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final BufferPool bufferPool = new BufferPool();
  private final ConversationRecorder recorder;
  private final RelayCore core;
  private final FaultInjector injector;
  private final FaultGuard guard;
  private final Weathered held;
  private final List<String> actions = new ArrayList<>();
  private final Map<Side, InputState> inputs = new EnumMap<>(Side.class);
  private final Map<Side, Integer> room = new EnumMap<>(Side.class);
  private final Set<Side> reading = EnumSet.noneOf(Side.class);
  private final Set<Side> tls = EnumSet.noneOf(Side.class);
  private final Set<Side> handshakes = EnumSet.noneOf(Side.class);
  private final Set<Side> gone = EnumSet.noneOf(Side.class);
  private final Set<Side> unsent = EnumSet.noneOf(Side.class);
  private long nowNanos;
  private long wakeAtNanos = Timer.NEVER;
  private int ledgerSize;

  private RelayPlaybook(String weather, Side... tlsSides) {
    Recorder allRecorder = new Recorder(() -> nowNanos);
    recorder = allRecorder.open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
    tls.addAll(List.of(tlsSides));
    ConnectionDirection direction =
        new ConnectionDirection(1, Side.CLIENT, Transport.TCP, "127.0.0.1:1", "127.0.0.1:2", 0);
    injector = new FaultInjector(Weather.clear(), Transport.TCP);
    held = new HeldTraffic(allRecorder.recording(), injector);
    guard =
        injector.inject(
            weather.isEmpty()
                ? new Fault[0]
                : Weather.parse(weather).faults().toArray(new Fault[0]));
    core = new RelayCore(this, () -> nowNanos, new TapRecorder(recorder), injector, direction);
    injector.holds().onChange(core::onFaultsChanged);
  }

  /** Plays the events of a text, and returns it with the actions that they caused. */
  static String play(String text) {
    return play("", text);
  }

  /** Plays the events of a text in a weather. */
  static String play(String weather, String text, Side... tlsSides) {
    RelayPlaybook playbook = new RelayPlaybook(weather, tlsSides);
    return EventLines.play(text, playbook::playEvent);
  }

  private String playEvent(String event) {
    actions.clear();
    perform(event);
    List<Termination> ledger = recorder.snapshot().ledger();
    String added =
        ledger.stream().skip(ledgerSize).map(RelayPlaybook::entry).collect(Collectors.joining(" "));
    ledgerSize = ledger.size();
    return String.join(", ", actions) + (actions.isEmpty() ? "" : " ") + added;
  }

  private static String entry(Termination entry) {
    String cause = entry.cause().isEmpty() ? "" : ": " + entry.cause();
    return "[" + entry.side() + " " + entry.kind() + " " + entry.offset() + cause + "]";
  }

  private void perform(String event) {
    Matcher sent = SENT.matcher(event);
    Matcher takes = TAKES.matcher(event);
    Matcher time = TIME.matcher(event);
    Matcher unread = UNREAD.matcher(event);
    Matcher untaken = UNTAKEN.matcher(event);
    Matcher hold = HOLD.matcher(event);
    if (sent.matches()) {
      int times = sent.group(3) == null ? 1 : Integer.parseInt(sent.group(3));
      receive(side(sent.group(1)), Bytes.utf8(sent.group(2).repeat(times)));
    } else if (takes.matches()) {
      room.put(side(takes.group(1)), Integer.parseInt(takes.group(2)));
    } else if (time.matches()) {
      nowNanos += Long.parseLong(time.group(1)) * NANOS_PER_MILLI;
      if (wakeAtNanos <= nowNanos) {
        wakeAtNanos = Timer.NEVER;
        core.onTimeout();
      }
    } else if (unread.matches()) {
      core.pump(side(unread.group(1)).peer())
          .onChecked(
              new PeerProgress(
                  OptionalLong.of(0), OptionalLong.of(Long.parseLong(unread.group(2)))));
    } else if (untaken.matches()) {
      core.pump(side(untaken.group(1)).peer())
          .onChecked(
              new PeerProgress(
                  OptionalLong.of(Long.parseLong(untaken.group(2))), OptionalLong.empty()));
    } else if (hold.matches()) {
      Side side = side(hold.group(2));
      switch (hold.group(1)) {
        case "hold" -> held.hold(side);
        case "release" -> held.release(side);
        default -> actions.add("stepped " + shown(held.step(side)));
      }
    } else if (event.startsWith("client ") || event.startsWith("server ")) {
      perform(side(event.substring(0, 6)), event.substring(7));
    } else {
      performForBoth(event);
    }
  }

  private void performForBoth(String event) {
    switch (event) {
      case "start" -> core.setup().start();
      case "connected" -> core.setup().onConnected();
      case "backlog full" -> core.setup().onConnectDelayed();
      case "refused" -> core.setup().onConnectFailed(SocketError.REFUSED, "Connection refused");
      case "timed out" -> core.setup().onConnectFailed(SocketError.TIMED_OUT, "timed out");
      case "weather clears" -> {
        guard.close();
        core.onFaultsChanged();
      }
      case "tap closes" -> core.shutdown();
      case "freeze" -> held.freeze();
      case "thaw" -> held.thaw();
      case "report" -> actions.add(injector.report().toString());
      case "notes" ->
          recorder.snapshot().notes().forEach(note -> actions.add("\"" + note.text() + "\""));
      default -> throw new IllegalArgumentException("event (" + event + ") is unknown");
    }
  }

  private void perform(Side side, String event) {
    switch (event) {
      case "FIN", "FIN without close_notify" -> {
        inputs.put(side, InputState.EOF);
        core.pump(side).onFin(event.length() > 3);
      }
      case "RST", "vanishes" -> {
        inputs.put(side, InputState.RESET);
        String message = event.equals("RST") ? "Connection reset" : "Connection timed out";
        core.onReset(side, SocketError.of(new SocketException(message)));
      }
      case "RST pending" -> {
        inputs.put(side, InputState.RESET_PENDING);
        core.pump(side).onResetPending();
      }
      case "is somewhere unknown" -> core.pump(side.peer()).onChecked(PeerProgress.UNKNOWN);
      case "gone" -> gone.add(side);
      case "takes no close_notify" -> unsent.add(side);
      case "writable" -> core.pump(side.peer()).onWritable();
      case "secured" -> {
        handshakes.remove(side);
        core.setup().onHandshakeDone(side, new TlsSession(side, "TLSv1.3", "suite", "", "", false));
      }
      case "TLS fails" -> core.onTlsFailed(side, "bad record", false);
      default -> throw new IllegalArgumentException("event (" + event + ") is unknown");
    }
  }

  private void receive(Side side, Bytes bytes) {
    ByteBuffer buffer = bufferPool.next();
    bytes.putInto(buffer);
    core.pump(side).onReceived(buffer.flip());
  }

  private static Side side(String text) {
    return text.equals("client") ? Side.CLIENT : Side.SERVER;
  }

  private static String shown(Bytes bytes) {
    return bytes.size() <= 20 ? "\"" + bytes.escaped() + "\"" : bytes.size() + " bytes";
  }

  @Override
  public void connect() {
    actions.add("connect");
  }

  @Override
  public void startTls(Side side) {
    handshakes.add(side);
    actions.add("start TLS with " + side);
  }

  @Override
  public boolean usesTls(Side side) {
    return tls.contains(side);
  }

  @Override
  public boolean isHandshaking(Side side) {
    return handshakes.contains(side);
  }

  @Override
  public void setAutoRead(Side side, boolean enabled) {
    if (enabled ? reading.add(side) : reading.remove(side)) {
      actions.add((enabled ? "read " : "pause ") + side);
    }
  }

  @Override
  public InputState input(Side side) {
    return inputs.getOrDefault(side, InputState.OPEN);
  }

  @Override
  public int write(Side side, ByteBuffer bytes) {
    if (gone.contains(side)) {
      return -1;
    }
    int count = Math.min(bytes.remaining(), room.getOrDefault(side, Integer.MAX_VALUE));
    room.computeIfPresent(side, (key, left) -> left - count);
    actions.add("write " + side + " " + shown(Bytes.copyOf(bytes).slice(0, count)));
    bytes.position(bytes.position() + count);
    return count;
  }

  @Override
  public boolean hasUnsent(Side side) {
    return unsent.contains(side);
  }

  @Override
  public void shutdownOutput(Side side, boolean closeNotify) {
    actions.add((closeNotify ? "FIN " : "FIN without close_notify ") + side);
  }

  @Override
  public boolean notifyWhenTaken(Side side) {
    actions.add("notify when " + side + " has taken all");
    return true;
  }

  @Override
  public void checkProgress(Side side) {
    actions.add("check " + side);
  }

  @Override
  public boolean canProbe(Side side) {
    return true;
  }

  @Override
  public void probe(boolean client, boolean server) {
    actions.add("probe" + (client ? " client" : "") + (server ? " server" : ""));
  }

  @Override
  public void sendCloseNotify() {
    actions.add("close_notify");
  }

  @Override
  public void resetOnClose(Side side) {
    actions.add("RST " + side);
  }

  @Override
  public void close() {
    actions.add("close");
  }

  @Override
  public void wakeAt(long nanos) {
    if (nanos != wakeAtNanos) {
      wakeAtNanos = nanos;
      actions.add("wake +" + (nanos - nowNanos) / NANOS_PER_MILLI + " ms");
    }
  }

  @Override
  public BufferPool bufferPool() {
    return bufferPool;
  }
}

package dev.partyline.loopback;

import dev.partyline.internal.net.Timer;
import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.player.Action;
import dev.partyline.script.player.Player;
import dev.partyline.tls.CertificateFault;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a {@link Player} own an endpoint: feeds it the events, and executes its actions. */
final class ScriptHandler implements EndpointOwner {
  /** A script may repeat for ever, and other connections must have their turn. */
  private static final int MAX_ACTIONS = 1_000;

  private static final String SCRIPT_FAILED = "because the script failed";

  private final Player player;
  private final Endpoint endpoint;
  private final Recorder recorder;
  private final Ticker ticker;
  private final long deadlineNanos;
  private final Runnable onClosed;
  private long pendingBytes;
  private long pendingSinceNanos;
  private boolean running;
  private boolean moreActions;
  private boolean stalled;
  private boolean endOfInput;

  /** When to close at the latest, because the script has closed and the peer has not. */
  private long closeAtNanos = Timer.NEVER;

  ScriptHandler(
      Player player,
      Endpoint endpoint,
      Recorder recorder,
      Ticker ticker,
      long deadlineNanos,
      Runnable onClosed) {
    this.player = player;
    this.endpoint = endpoint;
    this.recorder = recorder;
    this.ticker = ticker;
    this.deadlineNanos = deadlineNanos;
    this.onClosed = onClosed;
  }

  @Override
  public void onOpened() {
    startWriteTimeout();
    runActions();
  }

  /** Starts the time within which the peer must take a byte. */
  private void startWriteTimeout() {
    pendingBytes = endpoint.pendingBytes();
    pendingSinceNanos = ticker.nanos();
  }

  @Override
  public void onHandshakeDone(Optional<CertificateFault> wrong) {
    player.onHandshakeDone();
    wrong.ifPresent(fault -> player.onWrongCertificate(fault.description(), fault.certain()));
    runActions();
  }

  @Override
  public void onTlsFailed(String reason, boolean expected) {
    player.onTlsFailed(reason, expected);
    runActions();
  }

  @Override
  public void onReceived(ByteBuffer bytes) {
    if (!stalled) {
      player.onReceived(bytes);
      runActions();
    }
  }

  @Override
  public void onPeerFin() {
    endOfInput = true;
    player.onOutputEnded(endpoint.outputEnd());
    player.onPeerFin();
    runActions();
  }

  @Override
  public void onPeerReset() {
    player.onPeerReset();
    runActions();
  }

  @Override
  public void onRefused(String reason) {
    player.onRefused(reason);
    runActions();
  }

  @Override
  public void onFlushed() {
    runActions();
  }

  @Override
  public void onWakeUp() {
    if (endpoint.isBusy() && updateWriteTimeout()) {
      String fault = endpoint.tlsFault();
      if (endpoint.isHandshaking()) {
        String time = DurationText.words(Duration.ofNanos(deadlineNanos));
        player.onTlsFailed(
            "the two sides did not agree on TLS within "
                + time
                + (fault.isEmpty() ? "" : "; " + fault),
            !fault.isEmpty());
      } else {
        player.onTimeout(
            "the peer does not take what was sent: "
                + Quantity.of(endpoint.pendingBytes(), "byte")
                + " pending");
      }
      endpoint.reset(hasFailed() ? SCRIPT_FAILED : fault);
    }
    runActions();
  }

  /** Returns whether the peer has not taken a byte for the whole deadline. */
  private boolean updateWriteTimeout() {
    long now = ticker.nanos();
    if (endpoint.pendingBytes() != pendingBytes) {
      pendingBytes = endpoint.pendingBytes();
      pendingSinceNanos = now;
    }
    return now - pendingSinceNanos >= deadlineNanos;
  }

  /** A player that waited for the peer to take something has not looked at the end yet. */
  @Override
  public void onClosed() {
    drainActions(player, ticker.nanos());
    if (!running) {
      onClosed.run();
    }
    recorder.signal();
  }

  @Override
  public void onShutdown(String reason) {
    player.onStopped(reason);
    recorder.signal();
  }

  /** Executes the actions of the player until it waits for something. */
  void runActions() {
    if (running) {
      return;
    }
    running = true;
    // A caller that has received our bytes must find the script after them, not before.
    synchronized (player) {
      try {
        moreActions = !executeActions();
      } finally {
        running = false;
      }
    }
    if (endpoint.isOpen()) {
      updateEndpoint();
    } else {
      drainActions(player, ticker.nanos());
      onClosed.run();
    }
    recorder.signal();
  }

  /** Returns whether nothing is left to do now. */
  private boolean executeActions() {
    for (int i = 0; i < MAX_ACTIONS; i++) {
      Action action = nextAction();
      if (action == null) {
        return true;
      }
      execute(action);
    }
    return false;
  }

  /** Lets a player without a connection come to its end; its actions have no effect. */
  static void drainActions(Player player, long now) {
    for (int i = 0; i < MAX_ACTIONS && player.next(now) != null; i++) {}
  }

  private @Nullable Action nextAction() {
    return endpoint.isOpen() && !endpoint.isBusy() ? player.next(ticker.nanos()) : null;
  }

  private void execute(Action action) {
    if (action instanceof Action.Send send) {
      endpoint.send(send.bytes());
      if (endpoint.isBusy()) {
        startWriteTimeout();
      }
    } else if (action instanceof Action.ShutdownOutput) {
      if (!endpoint.shutdownOutput()) {
        player.onFinUnsent();
      }
    } else if (action instanceof Action.Close) {
      close();
    } else if (action instanceof Action.Reset) {
      // The script did not ask for it if it has failed.
      endpoint.reset(hasFailed() ? SCRIPT_FAILED : "");
    } else if (action instanceof Action.Stall) {
      stalled = true;
      endpoint.setAutoRead(false);
    } else {
      startWriteTimeout();
      endpoint.startTls(null, Bytes.EMPTY);
    }
  }

  /** What the peer still sends is for the script, unless it has stopped reading. */
  private void close() {
    if (stalled) {
      endpoint.close();
    } else {
      startWriteTimeout();
      closeAtNanos = ticker.nanos() + deadlineNanos;
      endpoint.closeGracefully();
    }
  }

  private void updateEndpoint() {
    endpoint.wakeAt(nextWakeNanos());
    endpoint.readByteByByte(player.isBeforeTls());
    endpoint.setAutoRead(!stalled && player.isAcceptingInput());
    if (!endpoint.isBusy() && isOver()) {
      endpoint.close();
    }
  }

  /** Returns whether nothing more will be sent, nor received in time. */
  private boolean isOver() {
    return endOfInput
        ? hasEnded()
        : closeAtNanos != Timer.NEVER
            && player.wakeAt() == Timer.NEVER
            && ticker.nanos() >= closeAtNanos;
  }

  private long nextWakeNanos() {
    if (endpoint.isBusy()) {
      return pendingSinceNanos + deadlineNanos;
    }
    if (moreActions) {
      // A long script must let other connections have their turn.
      return ticker.nanos();
    }
    long wakeAtNanos = player.wakeAt();
    return wakeAtNanos == Timer.NEVER ? closeAtNanos : wakeAtNanos;
  }

  private boolean hasFailed() {
    return player.scriptRun(endpoint.recorder.number()).failed();
  }

  private boolean hasEnded() {
    return player.scriptRun(endpoint.recorder.number()).endReason().isPresent();
  }
}

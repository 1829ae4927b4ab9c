package dev.partyline.internal.relay;

import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.Timer;
import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.Admission;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.time.Duration;

/**
 * What comes before a relay passes bytes on: the admission of the client, the connect to the
 * server, and the TLS handshakes. It has the phase of the relay.
 */
final class RelaySetup {
  private final RelayCore relay;
  private final RelayIo io;
  private final RelayRecorder recorder;
  private final String server;
  private final Admission admission;
  private Phase phase = Phase.ADMITTED;
  private long connectAtNanos;
  private long connectStartedNanos;
  private long connectRetryNanos = Connector.MIN_RETRY_DELAY_NANOS;

  /** How far a relay has come. */
  private enum Phase {
    /** The client is connected to the tap. */
    ADMITTED,
    /** The server has not answered the connect yet. */
    CONNECTING,
    CONNECT_FAILED,
    /** The server is connected; what TLS with it needs of the client is not there yet. */
    CONNECTED,
    /** The TLS handshake with the server is in progress. */
    SECURING,
    RELAYING,
    CLOSED
  }

  /**
   * Makes one.
   *
   * @param connectAtNanos when to connect to the server
   */
  RelaySetup(
      RelayCore relay,
      RelayIo io,
      RelayRecorder recorder,
      String server,
      Admission admission,
      long connectAtNanos) {
    this.relay = relay;
    this.io = io;
    this.recorder = recorder;
    this.server = server;
    this.admission = admission;
    this.connectAtNanos = connectAtNanos;
  }

  boolean isOpen() {
    return phase != Phase.CLOSED;
  }

  boolean isRelaying() {
    return phase == Phase.RELAYING;
  }

  boolean isConnected(Side side) {
    return isOpen() && (side == Side.CLIENT || phase.compareTo(Phase.CONNECTED) >= 0);
  }

  /** Returns whether a side may be read: not before TLS has started, if it is to. */
  boolean canRead(Side side) {
    return isOpen() && (side == Side.CLIENT || phase.compareTo(Phase.SECURING) >= 0);
  }

  /** Returns whether the connect has not started yet. */
  boolean isWaiting() {
    return phase == Phase.ADMITTED;
  }

  /** Returns when to connect. */
  long wakeAt() {
    return connectAtNanos;
  }

  /** Starts with a client that is connected. */
  void start() {
    if (admission.reset()) {
      recorder.recordRst(Side.SERVER, Termination.Kind.FAULT, admission.cause());
      relay.reset();
      return;
    }
    if (io.usesTls(Side.CLIENT)) {
      io.startTls(Side.CLIENT);
    }
    relay.pump(Side.CLIENT).updateReading();
    if (admission.delayNanos() > 0) {
      relay.updateTimer();
    } else {
      connect();
    }
    if (isOpen() && !isConnected(Side.SERVER)) {
      // A fault may end the connection to the client before the server has answered.
      relay.pump(Side.SERVER).startFaults();
    }
  }

  /** Connects to the server if it is time to. */
  void onTimeout(long now) {
    if (connectAtNanos <= now) {
      connect();
    }
  }

  private void connect() {
    connectAtNanos = Timer.NEVER;
    if (phase == Phase.ADMITTED) {
      phase = Phase.CONNECTING;
      connectStartedNanos = relay.now();
    }
    io.connect();
  }

  /** Called when the backlog of the server is full. */
  void onConnectDelayed() {
    connectAtNanos = relay.now() + connectRetryNanos;
    connectRetryNanos = Connector.nextRetryDelay(connectRetryNanos);
    relay.updateTimer();
  }

  /** Called when the server could not be connected, with the reason. */
  void onConnectFailed(SocketError error, String reason) {
    Termination.Kind kind =
        switch (error) {
          case TIMED_OUT -> Termination.Kind.TIMED_OUT;
          // Without a descriptor the tap could not ask the server, so the reset is its own.
          case RESET, NO_DESCRIPTORS -> Termination.Kind.RST;
          default -> Termination.Kind.REFUSED;
        };
    recorder.recordRst(Side.SERVER, kind, "cannot connect to " + server + ": " + reason);
    phase = Phase.CONNECT_FAILED;
    // TCP has accepted the client already: a reset is the closest that it gets to a refusal.
    relay.reset();
  }

  /** Called when the server has accepted the connect. */
  void onConnected() {
    phase = Phase.CONNECTED;
    startServerTls();
  }

  private void startServerTls() {
    if (!io.usesTls(Side.SERVER)) {
      startRelaying();
    } else if (!io.isHandshaking(Side.CLIENT)) {
      // The server is asked for the server name of the client, so its hello comes first.
      phase = Phase.SECURING;
      io.startTls(Side.SERVER);
      relay.pump(Side.SERVER).updateReading();
    } else {
      // It is not read yet, and may be reset meanwhile.
      relay.updateResetProbe();
    }
  }

  private void startRelaying() {
    phase = Phase.RELAYING;
    relay.pump(Side.CLIENT).onWritable();
    // A fault may act before any byte is sent.
    relay.pump(Side.CLIENT).startFaults();
    relay.pump(Side.SERVER).startFaults();
    relay.pump(Side.SERVER).updateReading();
  }

  /** Called when the TLS handshake with a side is done. */
  void onHandshakeDone(Side side, TlsSession session) {
    recorder.recordTlsSession(session);
    if (side == Side.SERVER) {
      startRelaying();
    } else if (phase == Phase.CONNECTED) {
      startServerTls();
    }
  }

  /** Called when the relay closes. */
  void close() {
    if (phase == Phase.CONNECTING && !relay.pump(Side.SERVER).hasEnd()) {
      recorder.recordRst(Side.SERVER, Termination.Kind.TIMED_OUT, unansweredCause());
    }
    phase = Phase.CLOSED;
    for (Side side : Side.values()) {
      if (io.isHandshaking(side)) {
        recorder.recordNote("the " + side + " and the tap have not agreed on TLS");
      }
    }
  }

  private String unansweredCause() {
    return "no answer to the connect to "
        + server
        + " for "
        + DurationText.words(Duration.ofNanos(relay.now() - connectStartedNanos));
  }
}

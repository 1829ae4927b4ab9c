package dev.partyline.internal.relay;

import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.Timer;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The weather between our own end of an exchange of datagrams and its socket. Everything happens on
 * the loop.
 */
public final class DatagramWeather implements EventHandler {
  private final EventLoop loop;
  private final DatagramPump output;
  private final DatagramPump input;
  private final Consumer<Throwable> onFailure;
  private final Timer timer = new Timer(this);

  DatagramWeather(
      EventLoop loop,
      Side own,
      FaultPipeline ofClient,
      RelayRecorder recorder,
      DatagramSink peerSink,
      DatagramSink ownSink,
      Consumer<Throwable> onFailure) {
    this.loop = loop;
    FaultPipeline ofServer = ofClient.newOpposite();
    boolean isClient = own == Side.CLIENT;
    this.output =
        new DatagramPump(recorder, own, isClient ? ofClient : ofServer, peerSink, Ticker.SYSTEM);
    this.input =
        new DatagramPump(
            recorder, own.peer(), isClient ? ofServer : ofClient, ownSink, Ticker.SYSTEM);
    this.onFailure = onFailure;
  }

  /** Called when our end sends a datagram. */
  public void send(ByteBuffer datagram) throws IOException {
    output.forward(datagram);
    updateTimer();
  }

  /** Called when the socket has received a datagram. */
  public void receive(ByteBuffer datagram) throws IOException {
    input.forward(datagram);
    updateTimer();
  }

  /** Sends at once what the faults only delay, because the socket is about to be closed. */
  public void close() throws IOException {
    loop.cancel(timer);
    output.deliverEarly();
    output.retractUnsent();
    input.retractUnsent();
  }

  /** Called when the test holds or lets go something. */
  public void onStateChanged() throws IOException {
    output.deliverDue();
    input.deliverDue();
    updateTimer();
  }

  @Override
  public void onTimeout(long now) throws IOException {
    onStateChanged();
  }

  private void updateTimer() {
    long nextNanos = Math.min(output.wakeAt(), input.wakeAt());
    if (nextNanos != Timer.NEVER) {
      loop.schedule(timer, nextNanos);
    }
  }

  @Override
  public void onReady(int readyOps) {
    throw new IllegalStateException("the socket reads for its weather");
  }

  @Override
  public void onFailure(Throwable failure) {
    onFailure.accept(failure);
  }
}

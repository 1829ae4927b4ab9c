package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.MemoryStreamChannel;
import dev.partyline.internal.net.StreamChannel;
import dev.partyline.wire.Side;
import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Our own end of a connection and, between it and its socket, a relay with the weather of that end.
 * Everything happens on the loop.
 */
final class WeatherRelay implements AcceptedConnection {
  private final Side own;
  private final MemoryStreamChannel stream;
  private final Function<StreamChannel, AcceptedConnection> endFactory;
  private final Relay relay;

  /** Our own end; null as long as the weather has not let a listener's be connected. */
  private @Nullable AcceptedConnection end;

  /**
   * Makes one that does nothing before it is opened.
   *
   * @param own which side our own end is
   * @param socket the channel to the peer
   * @param stream the end of the relay in memory
   * @param endFactory makes our own end of the other one
   * @param onClosed is called when the socket is closed
   */
  WeatherRelay(
      RelayOptions options,
      Side own,
      RelayChannel.Socket socket,
      MemoryStreamChannel stream,
      Function<StreamChannel, AcceptedConnection> endFactory,
      Consumer<WeatherRelay> onClosed) {
    this.own = own;
    this.stream = stream;
    this.endFactory = endFactory;
    Consumer<Relay> closed = closedRelay -> onClosed.accept(this);
    this.relay =
        own == Side.SERVER
            ? new Relay(
                options, socket, each -> new MemoryConnector(each, stream, this::openEnd), closed)
            : new Relay(
                options,
                new RelayChannel.Memory(stream),
                each -> new OpenConnector(each, socket),
                closed);
  }

  /** Returns whether our own end was connected. */
  boolean hasEnd() {
    return end != null;
  }

  @Override
  public void open() {
    relay.open();
    if (own == Side.CLIENT) {
      openEnd();
    }
  }

  private void openEnd() {
    AcceptedConnection newEnd = endFactory.apply(stream.peer());
    end = newEnd;
    newEnd.open();
  }

  @Override
  public void drainInput() {
    relay.drainInput();
    AcceptedConnection current = end;
    if (current != null) {
      current.drainInput();
      // What our end has answered is on its way as well.
      relay.drainInput();
    }
  }

  @Override
  public void onStateChanged() {
    relay.onStateChanged();
    AcceptedConnection current = end;
    if (current != null) {
      current.onStateChanged();
    }
  }

  @Override
  public void addChannels(List<NetworkChannel> channels) {
    relay.addChannels(channels);
  }

  @Override
  public void shutdown() {
    AcceptedConnection current = end;
    if (current != null) {
      current.shutdown();
      relay.drainInput();
      relay.deliverEarly(own);
    }
    relay.shutdown();
  }

  @Override
  public String toString() {
    return relay.toString();
  }
}

package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnectionFactory;
import dev.partyline.internal.net.AddressHold;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.StreamAcceptor;
import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a tap, or of a listener in a weather, over TCP or a Unix domain socket: it refuses
 * connects when the weather says so.
 */
public final class RefusableSocket implements TapSocket {
  private final AddressHold hold;
  private final StreamAcceptor acceptor;
  private final RefusalTimer refusalTimer;
  private final boolean refusesAtFirst;

  public static RefusableSocket ofTap(
      Binding binding,
      Upstream upstream,
      Recorder recorder,
      FaultInjector injector,
      BackgroundFailures failures) {
    TapConnectionFactory factory =
        new TapConnectionFactory(binding.transport(), upstream, recorder, injector, failures);
    return new RefusableSocket(binding, address -> factory, injector, failures);
  }

  /**
   * Binds a socket.
   *
   * @param factory makes what serves each connection to an address
   */
  public RefusableSocket(
      Binding binding,
      Function<SocketAddress, AcceptedConnectionFactory> factory,
      FaultInjector injector,
      BackgroundFailures failures) {
    hold = AddressHold.open(binding, injector.hasSlowReader(Side.CLIENT), failures);
    @Nullable ServerSocketChannel serverChannel = isRefusing(injector) ? null : hold.listen();
    EventLoop loop =
        EventLoop.acquireOrClose(
            () -> {
              hold.release();
              if (serverChannel != null) {
                serverChannel.close();
              }
              Binding.deletePath(hold.address(), failures);
            });
    refusesAtFirst = serverChannel == null;
    refusalTimer = new RefusalTimer(loop, injector, this, failures);
    acceptor =
        new StreamAcceptor(
            loop,
            serverChannel,
            hold.address(),
            binding.transport(),
            factory.apply(hold.address()),
            failures);
  }

  private static boolean isRefusing(FaultInjector injector) {
    long now = Ticker.SYSTEM.nanos();
    return injector.refusesUntil(now) > now;
  }

  @Override
  public SocketAddress address() {
    return hold.address();
  }

  @Override
  public void open() {
    acceptor.open();
    if (refusesAtFirst) {
      updateRefusal();
    }
  }

  @Override
  public void drainInput() {
    acceptor.drainInput();
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> channels = acceptor.channels();
    hold.addChannel(channels);
    return channels;
  }

  @Override
  public void closeConnections() {
    acceptor.closeConnections();
  }

  @Override
  public void onStateChanged() {
    acceptor.onStateChanged();
  }

  @Override
  public void updateRefusal() {
    acceptor.updateListening(hold, () -> !refusalTimer.isRefusing());
  }

  @Override
  public void close() {
    refusalTimer.cancel();
    acceptor.close();
    hold.release();
  }
}

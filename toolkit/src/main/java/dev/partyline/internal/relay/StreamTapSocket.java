package dev.partyline.internal.relay;

import dev.partyline.internal.net.AddressHold;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.StreamAcceptor;
import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.Recorder;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The socket of a tap over TCP or a Unix domain socket. */
public final class StreamTapSocket implements TapSocket {
  private final AddressHold hold;
  private final StreamAcceptor acceptor;
  private final FaultInjector injector;

  public StreamTapSocket(
      Binding binding,
      Upstream upstream,
      Recorder recorder,
      FaultInjector injector,
      BackgroundFailures failures) {
    this.injector = injector;
    hold = AddressHold.open(binding, failures);
    @Nullable ServerSocketChannel serverChannel = injector.isRefusing() ? null : hold.listen();
    EventLoop loop =
        EventLoop.acquireOrClose(
            () -> {
              hold.release();
              if (serverChannel != null) {
                serverChannel.close();
              }
              Binding.deletePath(hold.address(), failures);
            });
    TapConnectionFactory connectionFactory =
        new TapConnectionFactory(binding.transport(), upstream, recorder, injector, failures);
    acceptor =
        new StreamAcceptor(
            loop, serverChannel, hold.address(), binding.transport(), connectionFactory, failures);
  }

  @Override
  public SocketAddress address() {
    return hold.address();
  }

  @Override
  public void open() {
    acceptor.open();
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
    acceptor.updateListening(hold, () -> !injector.isRefusing());
  }

  @Override
  public void close() {
    acceptor.close();
    hold.release();
  }
}

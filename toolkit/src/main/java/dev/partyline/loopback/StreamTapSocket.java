package dev.partyline.loopback;

import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.Recorder;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door of a tap over TCP or a Unix domain socket. */
final class StreamTapSocket implements TapSocket {
  private final AddressHold hold;
  private final StreamAcceptor door;
  private final FaultInjector sky;

  StreamTapSocket(
      Binding binding,
      Upstream upstream,
      Recorder recorder,
      FaultInjector sky,
      BackgroundFailures problems) {
    this.sky = sky;
    hold = AddressHold.on(binding, problems);
    @Nullable ServerSocketChannel listening = sky.refuses() ? null : hold.listen();
    EventLoop loop =
        EventLoop.enterOr(
            () -> {
              hold.release();
              if (listening != null) {
                listening.close();
              }
              Binding.deletePath(hold.address(), problems);
            });
    TapConnectionFactory tapping =
        new TapConnectionFactory(binding.transport(), upstream, recorder, sky, problems);
    door =
        new StreamAcceptor(loop, listening, hold.address(), binding.transport(), tapping, problems);
  }

  @Override
  public SocketAddress address() {
    return hold.address();
  }

  @Override
  public void open() {
    door.open();
  }

  @Override
  public void settle() {
    door.settle();
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> open = door.channels();
    hold.addChannel(open);
    return open;
  }

  @Override
  public void run() {
    door.run();
  }

  @Override
  public void heedRefusal() {
    door.listen(hold, () -> !sky.refuses());
  }

  @Override
  public void close() {
    door.close();
    hold.release();
  }
}

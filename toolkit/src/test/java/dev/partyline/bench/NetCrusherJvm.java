package dev.partyline.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** NetCrusher in a JVM of its own, as it comes but for the count of the bytes. */
final class NetCrusherJvm {
  private final int target;
  private final AtomicLong passedBytes = new AtomicLong();
  private final AtomicInteger openConnections = new AtomicInteger();
  private @Nullable NioReactor reactor;
  private @Nullable TcpCrusher crusher;

  private NetCrusherJvm(int target) {
    this.target = target;
  }

  static Child start(int target) throws IOException {
    return Child.start(NetCrusherJvm.class, String.valueOf(target));
  }

  public static void main(String[] arguments) {
    NetCrusherJvm jvm = new NetCrusherJvm(Integer.parseInt(arguments[0]));
    Child.serve(
        words ->
            switch (words[0]) {
              case "open" -> new double[] {jvm.open()};
              case "count" -> new double[] {jvm.count()};
              default -> new double[] {jvm.close()};
            });
  }

  private int open() throws IOException {
    passedBytes.set(0);
    openConnections.set(0);
    NioReactor fresh = new NioReactor();
    reactor = fresh;
    TcpCrusher opened =
        TcpCrusherBuilder.builder()
            .withReactor(fresh)
            .withBindAddress(EndpointsJvm.loopback(EndpointsJvm.freePort()))
            .withConnectAddress(EndpointsJvm.loopback(target))
            .withCreationListener(address -> openConnections.incrementAndGet())
            .withDeletionListener(
                (address, meters) -> {
                  passedBytes.addAndGet(
                      meters.getReadMeter().getTotalCount()
                          + meters.getSentMeter().getTotalCount());
                  openConnections.decrementAndGet();
                })
            .buildAndOpen();
    crusher = opened;
    return opened.getBindAddress().getPort();
  }

  /** Returns how much has passed, which it tells some time after a connection has ended. */
  private double count() throws InterruptedException {
    TcpCrusher open = crusher;
    for (int tries = 0; open != null && tries < 500; tries++) {
      if (openConnections.get() == 0 && passedBytes.get() > 0) {
        break;
      }
      Thread.sleep(10);
    }
    return passedBytes.get();
  }

  private int close() {
    if (crusher != null && reactor != null) {
      crusher.close();
      reactor.close();
    }
    return 0;
  }
}

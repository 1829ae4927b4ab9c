package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.Weather;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tap that waits leaves the processor to others; the bench tap-idle has the figures. */
@Timeout(60)
class TapProcessorTimeTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Ten times what a quiet machine takes, and a third of what spinning would. */
  private static final double MAX_SHARE = 0.3;

  @ParameterizedTest
  @ValueSource(strings = {"rate 10KB/s", "edge", "slow-3g"})
  void a_slow_line_is_waited_for_without_spinning(String weather) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(server.getLocalSocketAddress()).in(Weather.parse(weather)).start();
        Socket client = new Socket(tap.host(), tap.port());
        Socket accepted = server.accept()) {
      accepted.getOutputStream().write(new byte[1 << 17]);
      assertThat(client.getInputStream().read()).isZero();
      assertThat(shareOfLoops()).isLessThan(MAX_SHARE);
    }
  }

  @Test
  void a_full_backlog_of_a_unix_socket_is_waited_for_without_spinning() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try (Listener full = Listener.neverAccepting().over(Transport.UNIX).start();
        Tap tap = Tap.to(full).over(Transport.TCP).start()) {
      for (int i = 0; i < 5; i++) {
        clients.add(new Socket(tap.host(), tap.port()));
      }
      assertThat(shareOfLoops()).isLessThan(MAX_SHARE);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** Returns what the loops take, of what the machine has for a thread that spins. */
  private static double shareOfLoops() {
    long before = loopNanos();
    long spinnerBefore = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    while (System.nanoTime() - start < WINDOW_NANOS) {
      Thread.onSpinWait();
    }
    double spinnerNanos = THREADS.getCurrentThreadCpuTime() - spinnerBefore;
    return (loopNanos() - before) / spinnerNanos;
  }

  private static long loopNanos() {
    long total = 0;
    for (ThreadInfo thread : THREADS.dumpAllThreads(false, false, 0)) {
      if (thread.getThreadName().startsWith("partyline-loop")) {
        total += THREADS.getThreadCpuTime(thread.getThreadId());
      }
    }
    return total;
  }
}

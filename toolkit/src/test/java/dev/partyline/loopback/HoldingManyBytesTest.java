package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Real sockets while a test holds, steps and releases without end. */
@Timeout(120)
class HoldingManyBytesTest {
  private static final int SIZE = 6 << 20;

  @RepeatedTest(3)
  void every_byte_arrives_once_and_in_order(RepetitionInfo repetition) throws Exception {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(server.getLocalSocketAddress()).start();
        Socket client = new Socket(tap.host(), tap.port());
        Socket accepted = server.accept()) {
      tap.freeze();
      CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> send(client, bytes));
      CompletableFuture<Void> download = CompletableFuture.runAsync(() -> send(accepted, bytes));
      CompletableFuture<byte[]> up = CompletableFuture.supplyAsync(() -> readAll(accepted));
      CompletableFuture<byte[]> down = CompletableFuture.supplyAsync(() -> readAll(client));
      for (int i = 0; i < 200 && !(upload.isDone() && download.isDone()); i++) {
        Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
        if (random.nextInt(3) > 0) {
          tap.release(side);
        }
        tap.hold(side);
        if (!(side == Side.CLIENT ? upload : download).isDone()) {
          assertThat(tap.step(side).size()).isPositive();
        }
      }
      tap.thaw();
      assertThat(up.get(60, TimeUnit.SECONDS)).isEqualTo(bytes);
      assertThat(down.get(60, TimeUnit.SECONDS)).isEqualTo(bytes);
    }
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] readAll(Socket socket) {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

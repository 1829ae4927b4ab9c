package dev.partyline.bench;

import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.spi.CloseType;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Cuts after each number of bytes from 0 to 5,000, and what a peer in Python receives. */
final class TapCutsBench {
  private static final int MAX_CUT_BYTES = 5_000;
  private static final int SENT_BYTES = 8_000;

  /** Connects for each line, and prints how many correct bytes came, and what came after them. */
  private static final String PEER_PROGRAM =
      """
      import socket, sys
      sent = bytes(i %% 251 for i in range(%d))
      for line in sys.stdin:
        got = b''
        peer = socket.create_connection(('127.0.0.1', int(line)))
        peer.settimeout(10)
        try:
          while True:
            some = peer.recv(65536)
            if not some:
              end = 'fin'
              break
            got += some
        except ConnectionResetError:
          end = 'reset'
        except Exception as other:
          end = str(other)
        peer.close()
        print(len(got) if sent.startswith(got) else 'wrong', end, flush=True)
      """
          .formatted(SENT_BYTES);

  private TapCutsBench() {}

  public static void main(String... arguments) throws IOException {
    if (!RelayUnderTest.isInstalled("python3")) {
      return;
    }
    Process peer =
        new ProcessBuilder("python3", "-c", PEER_PROGRAM)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (ServerSocketChannel server =
            ServerSocketChannel.open().bind(EndpointsJvm.loopback(0), 4096);
        Tap tap = Tap.to(server.socket().getLocalPort()).start()) {
      Thread sender = new Thread(() -> serve(server));
      sender.setDaemon(true);
      sender.start();
      long start = System.nanoTime();
      int wrong = cut(tap, peer);
      System.out.printf(
          "cut after 0..%d bytes: %d wrong of %d, in %.1f s%n",
          MAX_CUT_BYTES, wrong, MAX_CUT_BYTES + 1, (System.nanoTime() - start) / 1e9);
    } finally {
      Child.terminate(peer);
    }
  }

  private static int cut(Tap tap, Process peer) throws IOException {
    BufferedWriter questions = peer.outputWriter(StandardCharsets.UTF_8);
    BufferedReader answers = peer.inputReader(StandardCharsets.UTF_8);
    int wrong = 0;
    for (int bytes = 0; bytes <= MAX_CUT_BYTES; bytes++) {
      FaultGuard guard = tap.inject(Fault.cutAfter(bytes, CloseType.RST));
      questions.write(tap.port() + "\n");
      questions.flush();
      String answer = answers.readLine();
      guard.close();
      if (!(bytes + " reset").equals(answer)) {
        wrong++;
        if (wrong <= 10) {
          System.out.println("cut after " + bytes + " bytes: the peer got " + answer);
        }
      }
    }
    return wrong;
  }

  private static void serve(ServerSocketChannel server) {
    byte[] payload = new byte[SENT_BYTES];
    for (int i = 0; i < SENT_BYTES; i++) {
      payload[i] = (byte) (i % 251);
    }
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        channel.write(ByteBuffer.wrap(payload));
        while (channel.read(ByteBuffer.allocate(100)) >= 0) {}
      } catch (IOException e) {
        // The cut ends this connection too, and the end of the bench ends the server.
      }
    }
  }
}

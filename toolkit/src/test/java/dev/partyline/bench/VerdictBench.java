package dev.partyline.bench;

import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The time from the first wrong byte of a client to the verdict of the listener and to the RST. */
final class VerdictBench {
  private static final int ROUNDS = 1000;

  private VerdictBench() {}

  public static void main(String[] arguments) throws IOException {
    Script script = Script.parse("S: 220 ready\nC: EHLO ${host}\nS: 250 hello ${host}\n");
    List<Long> verdicts = new ArrayList<>();
    List<Long> resets = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (Listener listener = Listener.playing(script).start();
          Socket client = new Socket(listener.host(), listener.port())) {
        client.getInputStream().read(new byte[100]);
        OutputStream out = client.getOutputStream();
        long start = System.nanoTime();
        out.write("HELO wrong\r\n".getBytes(StandardCharsets.US_ASCII));
        listener
            .recording()
            .await(() -> !listener.runs().get(0).endReason().isEmpty(), Duration.ofSeconds(5));
        verdicts.add(System.nanoTime() - start);
        resets.add(untilReset(client, start));
        if (listener.runs().get(0).endReason().orElseThrow() != EndReason.WRONG_BYTES) {
          throw new IllegalStateException("expected wrong bytes: " + listener.runs());
        }
      }
    }
    print("verdict", verdicts);
    print("reset of the client", resets);
  }

  private static long untilReset(Socket client, long start) {
    try {
      int read = client.getInputStream().read();
      throw new IllegalStateException("expected a reset, but read " + read);
    } catch (IOException e) {
      return System.nanoTime() - start;
    }
  }

  private static void print(String what, List<Long> times) {
    double worst = times.stream().mapToLong(Long::longValue).max().orElseThrow() / 1e6;
    System.out.printf(
        "from the first wrong byte to the %s: median %.3f ms, worst of %d %.3f ms%n",
        what, Figures.median(times) / 1e6, ROUNDS, worst);
  }
}

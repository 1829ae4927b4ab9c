package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.junit5.TappedEnvironment;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Another program is pointed at a tap by an environment variable. */
class TappingAProgramTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @Test
  void theProgramAsksForTheStock(
      @ScriptedListener("C: STOCK tea\nS: 12\nS! close") Listener stock,
      @Tapped(to = "stock", environment = "STOCK_PORT=${port}") Tap tap,
      @TappedEnvironment ProcessBuilder program)
      throws IOException {
    program.command(JAVA, "-cp", CLASS_PATH, StockReport.class.getName());
    Process report = program.start();
    assertThat(report.inputReader().readLine()).isEqualTo("tea: 12");
    assertThat(tap).client().sentLine("STOCK tea");
  }

  /** The program under test. */
  static final class StockReport {
    private StockReport() {}

    public static void main(String[] arguments) throws IOException {
      int port = Integer.parseInt(System.getenv("STOCK_PORT"));
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write("STOCK tea\r\n".getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        System.out.println("tea: " + answer.strip());
      }
    }
  }
}

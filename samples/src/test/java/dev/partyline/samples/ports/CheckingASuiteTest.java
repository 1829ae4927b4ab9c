package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.NoSocketLeaks;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Leaks in a whole suite, and sockets that may stay open. */
@EnabledOnOs(OS.LINUX)
class CheckingASuiteTest {
  private static final Map<String, String> SUITE =
      Map.of("junit.jupiter.extensions.autodetection.enabled", "true", "partyline.leaks", "fail");

  private static AutoCloseable left = () -> {};

  @AfterEach
  void closeWhatWasLeft() throws Exception {
    left.close();
  }

  @Test
  void aTestWithoutAnAnnotationIsNotChecked() {
    assertThat(JUnitRun.messageOf(Plain.class, Map.of("partyline.leaks", "annotated"))).isEmpty();
  }

  @Test
  void aTestWithoutAnAnnotationFailsWithTheSuite() {
    assertThat(JUnitRun.messageOf(Plain.class, SUITE))
        .startsWith("Plain.leaves() left 1 socket open");
  }

  @Test
  void theSuiteMayIgnoreSockets() {
    Map<String, String> ignoring = new HashMap<>(SUITE);
    ignoring.put("partyline.leaks.ignoring", "src net 127");
    assertThat(JUnitRun.messageOf(Plain.class, ignoring)).isEmpty();
  }

  static class Plain {
    @Test
    void leaves() throws IOException {
      left = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }
  }

  @Test
  void aTestMayIgnoreSockets() {
    assertThat(JUnitRun.messageOf(Ignoring.class, Map.of())).isEmpty();
  }

  @NoSocketLeaks(ignoring = "state listen or port 5432")
  static class Ignoring {
    @Test
    void leaves() throws IOException {
      left = new ServerSocket(0);
    }
  }
}

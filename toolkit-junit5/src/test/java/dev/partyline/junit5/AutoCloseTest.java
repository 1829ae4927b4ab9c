package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients in fields that JUnit closes, which it does after scripts are judged. */
class AutoCloseTest {
  private static final String UNTIL_CLOSED = "C: hi\nS: hello\nC! close";

  @Test
  void aScriptSeesTheEndOfAClientThatJUnitCloses() {
    TestRun.of(OfOurs.class).assertPassed(2);
    TestRun.of(OfSocket.class).assertPassed(1);
  }

  private static Client greeted(Listener shop) {
    Client client = Client.to(shop.address()).start();
    client.sendLine("hi");
    client.expectLine("hello");
    return client;
  }

  static class OfOurs {
    @ScriptedListener(UNTIL_CLOSED)
    Listener shop;

    @SuppressWarnings("unused") // JUnit reads it.
    @AutoClose
    private Client client;

    @Test
    void test() {
      client = greeted(shop);
    }

    @Nested
    class Inside {
      @Test
      void test() {
        client = greeted(shop);
      }
    }
  }

  @Test
  void a_script_of_the_class_sees_the_end_of_a_client_that_junit_closes_after_the_class() {
    TestRun.of(OfStaticField.class, OfSharedInstance.class).assertPassed(2);
  }

  static class OfStaticField {
    @ScriptedListener(UNTIL_CLOSED)
    static Listener shop;

    @SuppressWarnings("unused") // JUnit reads it.
    @AutoClose
    private static Client client;

    @Test
    void test() {
      client = greeted(shop);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OfSharedInstance {
    @ScriptedListener(UNTIL_CLOSED)
    static Listener shop;

    @SuppressWarnings("unused") // JUnit reads it.
    @AutoClose
    private Client client;

    @Test
    void test() {
      client = greeted(shop);
    }
  }

  static class OfSocket {
    @ScriptedListener("C! close")
    Listener shop;

    @SuppressWarnings("unused") // JUnit reads it.
    @AutoClose
    private Socket client;

    @Test
    void test() throws IOException {
      client = new Socket(shop.host(), shop.port());
    }
  }

  @Test
  void anErrorOfTheCloseFailsTheTest() {
    assertThat(TestRun.of(FailingClose.class).failure())
        .hasMessageContaining("client could not be closed: java.io.IOException: broken");
  }

  static class FailingClose {
    @ScriptedListener("C: hi\nS: hello")
    Listener shop;

    @SuppressWarnings("unused") // JUnit reads it.
    @AutoClose
    private final Closeable client =
        () -> {
          throw new IOException("broken");
        };

    @Test
    void test() {
      greeted(shop).close();
    }
  }

  @Test
  void whatBelongsToTheClassStaysOpen() {
    TestRun.of(OfClass.class).assertPassed(2);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OfClass {
    @ScriptedListener("every connection\n  repeat\n    C: hi\n    S: hello")
    static Listener shop;

    @SuppressWarnings("unused") // JUnit reads it.
    @AutoClose
    private Client client;

    @Test
    void first() {
      greetAgain();
    }

    @Test
    void second() {
      greetAgain();
    }

    private void greetAgain() {
      client = client == null ? Client.to(shop.address()).start() : client;
      client.sendLine("hi");
      client.expectLine("hello");
    }
  }
}

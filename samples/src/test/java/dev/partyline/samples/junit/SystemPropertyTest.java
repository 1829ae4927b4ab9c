package dev.partyline.samples.junit;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A client that finds its server by a system property, in tests that run in parallel. */
class SystemPropertyTest {
  private static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent");

  @Test
  void testsThatLockThePropertyTakeTurns(@TempDir Path reports) {
    assertThat(JUnitRun.of(ShopTest.class, reports, PARALLEL).failures()).isEmpty();
  }

  // tag::property[]
  @ResourceLock("shop.url")
  static class ShopTest {
    @ScriptedListener(
        """
        C: GET /tea HTTP/1.1
        C: ...
        C:
        S: HTTP/1.1 204 No Content
        S: Connection: close
        S:
        """)
    Listener shop;

    @Tapped(to = "shop", systemProperty = "shop.url=http://${address}/")
    Tap tap;

    @RepeatedTest(10)
    void theShopIsFoundByItsProperty() throws IOException {
      URI.create(System.getProperty("shop.url") + "tea").toURL().openStream().close();
      assertThat(tap).request().hasRequestLine("GET /tea HTTP/1.1");
    }
  }
  // end::property[]
}

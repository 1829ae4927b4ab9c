package dev.partyline.junit5;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Tap;
import dev.partyline.replay.CassetteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class CassetteMisuseTest {
  private static final String ROOT = "partyline.resources";

  @TempDir private Path folder;

  @BeforeEach
  void open() {
    System.setProperty(ROOT, folder.toString());
  }

  @AfterEach
  void close() {
    System.clearProperty(ROOT);
  }

  static class Alone {
    @Cassette("/session.wire")
    Tap tap;

    @Test
    void doesNothing() {}
  }

  static class WithoutFile {
    @Tapped(to = "127.0.0.1:9")
    @Cassette(value = "/none.wire", mode = CassetteMode.REPLAY)
    Tap tap;

    @Test
    void doesNothing() {}
  }

  static class NamedByMethods {
    @Tapped(to = "127.0.0.1:9")
    @Cassette("${method}.wire")
    static Tap tap;

    @Test
    void doesNothing() {}
  }

  static class NotTheSession {
    @Tapped(to = "127.0.0.1:9")
    @Cassette(value = "/session.wire", mode = CassetteMode.REPLAY)
    Tap tap;

    @Test
    void doesNothing() {}
  }

  static class UnknownPlaceholder {
    @Tapped(to = "127.0.0.1:9")
    @Cassette("${class}-${x}.wire")
    Tap tap;

    @Test
    void doesNothing() {}
  }

  static class OutsideOfTheResources {
    @Tapped(to = "127.0.0.1:9")
    @Cassette("../../../../esc.wire")
    Tap tap;

    @Test
    void doesNothing() {}
  }

  @Test
  void misusesOfTheNameAreNamed() {
    assertThat(TestRun.of(UnknownPlaceholder.class).failure())
        .hasMessage(
            "@Cassette field [tap] must not have ${class}: its placeholders are ${method} and"
                + " ${invocation}");
    assertThat(TestRun.of(OutsideOfTheResources.class).failure())
        .hasMessage(
            "@Tapped field [tap]: name (../../../../esc.wire) must be that of a file in %s",
            folder);
  }

  @Test
  void misusesAreNamed() throws IOException {
    assertThat(TestRun.of(Alone.class).failure())
        .hasMessage("@Cassette field [tap] must stand beside @Tapped");
    assertThat(TestRun.of(NamedByMethods.class).failure())
        .hasMessage(
            "@Cassette field [tap] must not have ${method}, because it is for all tests of the"
                + " class");
    assertThat(TestRun.of(WithoutFile.class).failure())
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@Tapped field [tap]: cassette (%s) does not exist, and mode 'replay' does not record"
                + " it: 'once' does",
            folder.resolve("none.wire"));
    Files.writeString(folder.resolve("session.wire"), "HELLO\n");
    assertThat(TestRun.of(NotTheSession.class).failure())
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageContaining("session.wire:1:1");
  }
}

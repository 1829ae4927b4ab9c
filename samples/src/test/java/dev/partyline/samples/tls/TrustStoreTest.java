package dev.partyline.samples.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in a JVM of its own trusts the test authority by a trust store. */
class TrustStoreTest {
  private static Path trustStore(Path folder) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("test", Tls.standard().trust().authorities().get(0));
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return file;
  }

  @Test
  void anotherJvmReadsTheTrustStore(
      @ScriptedListener(
              tls = "standard",
              value = "C: GET / HTTP/1.1\nC: ...\nC:\nS: HTTP/1.1 200 OK\nS:\nS| hello\nS! close")
          Listener web,
      @TempDir Path folder)
      throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djavax.net.ssl.trustStore=" + trustStore(folder),
            "-Djavax.net.ssl.trustStorePassword=changeit",
            "-cp",
            System.getProperty("java.class.path"),
            Page.class.getName(),
            "https://localhost:" + web.port() + "/");
    assertThat(program.start().inputReader().readLine()).isEqualTo("hello");
  }

  /** The program under test. */
  static final class Page {
    public static void main(String[] arguments) throws IOException {
      URI.create(arguments[0]).toURL().openStream().transferTo(System.out);
    }
  }
}

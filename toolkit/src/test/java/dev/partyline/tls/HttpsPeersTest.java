package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client accepts a valid certificate, and has its own message for each that is wrong. */
class HttpsPeersTest {
  private static final CertificateSpec STANDARD = CertificateSpec.standard();

  /** In the order of {@link HttpsPeer}. */
  private static final Map<String, List<String>> REFUSALS =
      Map.of(
          "expired",
          sameInJava("certificate has expired", "certificate has expired", "NotAfter: "),
          "not yet valid",
          sameInJava("certificate is not yet valid", "certificate is not yet valid", "NotBefore: "),
          "for elsewhere.example",
          List.of(
              "no alternative certificate subject name matches target host name 'localhost'",
              "hostname mismatch",
              "No subject alternative DNS name matching localhost found",
              "No subject alternative DNS name matching localhost found",
              "Hostname localhost not verified",
              "No subject alternative DNS name matching localhost found"),
          "self-signed",
          sameInJava(
              "self-signed certificate",
              "self-signed certificate",
              "unable to find valid certification path to requested target"),
          "without its intermediate",
          sameInJava(
              "unable to get local issuer certificate",
              "unable to get local issuer certificate",
              "unable to find valid certification path to requested target"),
          "for the client Alice",
          sameInJava(
              "unsuitable certificate purpose",
              "unsuitable certificate purpose",
              "Extended key usage does not permit use for TLS server"));

  private final TestAuthority authority = TestAuthority.ofJvm();
  private final Trust trust = Tls.standard().trust();
  private HttpsServer server;

  @TempDir Path folder;

  private static List<String> sameInJava(String curl, String openssl, String java) {
    return List.of(curl, openssl, java, java, java, java);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpsPeer.class)
  void acceptsAValidCertificate(HttpsPeer peer) throws Exception {
    for (KeyType keyType : new KeyType[] {KeyType.EC, KeyType.RSA}) {
      start(STANDARD.keyType(keyType));
      assertThat(peer.ask(uri("localhost"), trust, folder)).contains("the front page");
      assertThat(peer.ask(uri("127.0.0.1"), trust, folder)).contains("the front page");
      stop();
    }
    start(STANDARD.withIntermediate());
    assertThat(peer.ask(uri("localhost"), trust, folder)).contains("the front page");
  }

  @ParameterizedTest
  @EnumSource(HttpsPeer.class)
  void acceptsAKeyOfEd25519(HttpsPeer peer) throws Exception {
    start(STANDARD.keyType(KeyType.ED25519));
    assertThat(peer.ask(uri("localhost"), trust, folder)).contains("the front page");
  }

  static Stream<CertificateSpec> faults() {
    return Stream.of(
        STANDARD.forHosts("elsewhere.example"),
        STANDARD.forHosts("localhost").expired(),
        STANDARD.forHosts("localhost").notYetValid(),
        STANDARD.forHosts("localhost").selfSigned(),
        STANDARD.forHosts("localhost").withoutIntermediate(),
        STANDARD.forClient("Alice"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyPeerRefusesWhatIsWrongWithItsOwnMessage(CertificateSpec spec) throws Exception {
    start(spec);
    List<String> words = REFUSALS.get(spec.toString().replace("for localhost, ", ""));
    Map<HttpsPeer, String> answers = new EnumMap<>(HttpsPeer.class);
    for (HttpsPeer peer : HttpsPeer.values()) {
      answers.put(peer, peer.ask(uri("localhost"), trust, folder));
    }
    assertThat(answers)
        .allSatisfy(
            (peer, text) ->
                assertThat(text)
                    .contains(words.get(peer.ordinal()))
                    .doesNotContain("the front page"));
    assertThat(words).hasSameSizeAs(Arrays.asList(HttpsPeer.values()));
  }

  private void start(CertificateSpec spec) throws IOException {
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            Jsse.context(authority.identity(spec), trust.trustManager(), authority)));
    server.createContext(
        "/",
        exchange -> {
          byte[] page = "the front page".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Connection", "close");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
  }

  private URI uri(String host) {
    return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
  }
}

package dev.partyline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSpecTest {
  private static final CertificateSpec STANDARD = CertificateSpec.standard();

  @ParameterizedTest
  @CsvSource({
    "Mail.Example, mail.example",
    "b\u00fccher.example, xn--bcher-kva.example",
    "*.example, *.example",
    "*.b\u00fccher.example, *.xn--bcher-kva.example",
    "127.0.0.1, 127.0.0.1",
    "[::1], ::1",
    "2001:DB8::1, 2001:db8::1",
    "a, a"
  })
  void takesNamesAndLiteralAddresses(String host, String expected) {
    assertThat(STANDARD.forHosts(host).hosts()).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "under_score",
        "-a",
        "a-",
        "a..b",
        ".a",
        "a.",
        "*",
        "*a.example",
        "a.*.example",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        ":::",
        "1::2::3",
        "fe80::1%eth0",
        "a/b",
        "a:80",
        "http://a",
        "a\u0000b"
      })
  void refusesWhatIsNeither(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STANDARD.forHosts(host))
        .withMessageStartingWith("host (" + host + ") must be a name such as mail.example or");
  }

  @Test
  void refusesNamesThatAreTooLong() {
    String label = "a".repeat(63);
    String name = String.join(".", label, label, label, "a".repeat(61));
    assertThat(STANDARD.forHosts(name).hosts()).containsExactly(name);
    assertThat(STANDARD.forHosts(name).commonName()).isEqualTo("Partyline test server");
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.forHosts(name + "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.forHosts("a" + label));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STANDARD.forHosts())
        .withMessage("hosts () must be one name or address at least");
  }

  @Test
  void refusesClientsWithoutAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STANDARD.forClient(" "))
        .withMessage("name ( ) must have 1 to 64 characters, and no controls");
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.forClient("a".repeat(65)));
    assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.forClient("a\n"));
  }

  @Test
  void isEqualToWhatAsksForTheSame() {
    assertThat(STANDARD.forHosts("A.example").expired())
        .isEqualTo(STANDARD.expired().forHosts("a.example"))
        .hasSameHashCodeAs(STANDARD.expired().forHosts("a.example"))
        .isNotEqualTo(STANDARD.forHosts("a.example"));
  }

  @Test
  void saysWhatItIsForAndWhatIsWrongWithIt() {
    assertThat(STANDARD.forHosts("a.example", "::1")).hasToString("for a.example, ::1");
    assertThat(STANDARD.forClient("Alice").notYetValid().keyType(KeyType.RSA).withIntermediate())
        .hasToString("for the client Alice, not yet valid, with an intermediate, RSA");
    assertThat(STANDARD.forHosts("a").selfSigned()).hasToString("for a, self-signed");
    assertThat(STANDARD.forHosts("a").withoutIntermediate())
        .hasToString("for a, without its intermediate");
  }
}

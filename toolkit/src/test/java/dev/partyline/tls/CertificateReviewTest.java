package dev.partyline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer has to refuse depends on the certificate, and on the host that it asked for. */
class CertificateReviewTest {
  private static final CertificateSpec STANDARD = CertificateSpec.standard();

  @Test
  void a_certificate_that_is_right_has_no_fault() {
    assertThat(ofServer(STANDARD, "localhost", "127.0.0.1")).isEmpty();
    assertThat(ofServer(STANDARD, "", "")).isEmpty();
    assertThat(ofServer(STANDARD.withIntermediate(), "", "::1")).isEmpty();
    assertThat(Tls.standard().certificateFault(Side.SERVER, "localhost", "127.0.0.1")).isEmpty();
  }

  @Test
  void the_standard_certificate_is_not_wrong_on_purpose_for_a_name_that_a_client_made_up() {
    assertThat(ofServer(STANDARD, "other.example", "127.0.0.1")).isEmpty();
  }

  @Test
  void what_is_wrong_for_every_host_is_refused_by_the_alerts_of_its_fault() {
    Set<TlsAlert> expired = alerts(STANDARD.expired());
    assertThat(expired).contains(TlsAlert.CERTIFICATE_EXPIRED, TlsAlert.CERTIFICATE_UNKNOWN);
    assertThat(expired).doesNotContain(TlsAlert.UNKNOWN_CA);
    assertThat(alerts(STANDARD.notYetValid())).isEqualTo(expired);
    assertThat(alerts(STANDARD.selfSigned()))
        .contains(TlsAlert.UNKNOWN_CA)
        .doesNotContain(TlsAlert.CERTIFICATE_EXPIRED);
    assertThat(alerts(STANDARD.forClient("alice"))).contains(TlsAlert.UNSUPPORTED_CERTIFICATE);
  }

  private static Set<TlsAlert> alerts(CertificateSpec spec) {
    CertificateFault fault = ofServer(spec, "localhost", "127.0.0.1").orElseThrow();
    assertThat(fault.certain()).isTrue();
    return fault.refusals();
  }

  @ParameterizedTest
  @CsvSource({
    // hosts, SNI, address: whether a refusal is right, and whether an acceptance is wrong
    "other.example, localhost,     127.0.0.1, true,  true",
    "other.example, '',            127.0.0.1, true,  true",
    "other.example, other.example, 127.0.0.1, false, false",
    "other.example, Other.Example, 127.0.0.1, false, false",
    "*.example,     other.example, 127.0.0.1, false, false",
    "*.example,     a.b.example,   127.0.0.1, true,  true",
    "*.example,     example,       127.0.0.1, true,  true",
    "127.0.0.1,     '',            127.0.0.1, false, false",
    "127.0.0.1,     localhost,     127.0.0.1, true,  false",
    "::1,           '',            0:0:0:0:0:0:0:1, false, false",
    "::1,           '',            127.0.0.1, true,  true",
    "localhost,     '',            127.0.0.1, true,  false",
    "other.example, '',            '',        false, false",
    "other.example, db.example,    '',        true,  true",
  })
  void the_host_is_that_of_the_hello_or_the_address_that_was_connected_to(
      String host, String serverName, String address, boolean refusable, boolean certain) {
    Optional<CertificateFault> fault = ofServer(STANDARD.forHosts(host), serverName, address);
    assertThat(fault.isPresent()).isEqualTo(refusable);
    assertThat(fault.map(CertificateFault::certain).orElse(false)).isEqualTo(certain);
  }

  @Test
  void the_fault_is_told_with_what_the_client_wanted() {
    CertificateSpec other = STANDARD.forHosts("other.example");
    assertThat(ofServer(other, "localhost", "127.0.0.1").orElseThrow().description())
        .isEqualTo("a certificate for other.example, though the client asked for localhost");
    assertThat(ofServer(other.expired(), "", "127.0.0.1").orElseThrow().description())
        .isEqualTo(
            "a certificate for other.example, expired, though the client connected to 127.0.0.1");
  }

  @Test
  void a_client_is_refused_for_what_is_wrong_with_the_certificate_that_it_has() {
    Tls client = Tls.standard();
    assertThat(client.certificateFault(Side.CLIENT, "", "")).isEmpty();
    Tls alice = client.certificate(STANDARD.forClient("alice"));
    assertThat(alice.certificateFault(Side.CLIENT, "localhost", "127.0.0.1")).isEmpty();
    Tls late = client.certificate(STANDARD.forClient("alice").expired());
    assertThat(late.certificateFault(Side.CLIENT, "", "").orElseThrow().refusals())
        .contains(TlsAlert.CERTIFICATE_EXPIRED);
    Tls server = client.certificate(STANDARD);
    assertThat(server.certificateFault(Side.CLIENT, "", "").orElseThrow().refusals())
        .contains(TlsAlert.UNSUPPORTED_CERTIFICATE);
  }

  private static Optional<CertificateFault> ofServer(
      CertificateSpec spec, String serverName, String address) {
    return Tls.standard().certificate(spec).certificateFault(Side.SERVER, serverName, address);
  }
}

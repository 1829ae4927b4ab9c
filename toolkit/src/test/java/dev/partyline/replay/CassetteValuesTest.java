package dev.partyline.replay;

import static dev.partyline.replay.CassetteRuns.ask;
import static dev.partyline.replay.CassetteRuns.record;
import static dev.partyline.replay.CassetteRuns.replay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CassetteValuesTest extends CassetteFolder {
  @Test
  void aSecretMayBeAnotherInTheReplay() {
    record(
        cassette(),
        "C: AUTH ${*}\nS: +OK\nC: GET a\nS: 1",
        tap -> ask(tap, "AUTH sesame\r\nGET a\r\n", "+OK\r\n1\r\n"));
    assertThat(file()).content().contains("C: AUTH ${*}\n").doesNotContain("sesame");
    replay(cassette(), tap -> ask(tap, "AUTH sesame\r\nGET a\r\n", "+OK\r\n1\r\n"));
    replay(cassette(), tap -> ask(tap, "AUTH x\r\nGET a\r\n", "+OK\r\n1\r\n"));
  }

  @Test
  void aSecretOfRedisMayHaveAnotherLength() {
    String recorded = "*2\r\n$4\r\nAUTH\r\n$6\r\nsesame\r\n";
    record(
        cassette(),
        "C: *2\nC: $4\nC: AUTH\nC: $6\nC: ${*}\nS: +OK",
        tap -> ask(tap, recorded, "+OK\r\n"));
    replay(cassette(), tap -> ask(tap, recorded, "+OK\r\n"));
    replay(cassette(), tap -> ask(tap, "*2\r\n$4\r\nAUTH\r\n$3\r\nabc\r\n", "+OK\r\n"));
  }

  @Test
  void aReplayThatFailsSaysWhatTheFileSaysOfSecretsAndOfWhatVaries() throws IOException {
    Files.writeString(
        file(),
        """
        # Masked: an asterisk stands for each byte of a secret that the server sent.
        # No line fits varying (Dat: ${*}).
        # ${id} of connection 1 is also on connection 2, where it stays as it was recorded.
        connection
          C: Content-Length: 15
        """);
    assertThatThrownBy(
            () ->
                replay(
                    cassette(),
                    tap -> {
                      try (Client client = Client.to(tap.address()).start()) {
                        client.send("Content-Length: 16\r\n");
                      }
                    }))
        .hasMessageContaining("where the length of one is sent, another must be as long")
        .hasMessageContaining(
            "a cassette that is exact has them\nNo line fits varying (Dat: ${*}).\n")
        .hasMessageContaining("\n${id} of connection 1 is also on connection 2")
        .hasMessageEndingWith("if that is right, -Dpartyline.cassette=always records it anew");
  }

  @Test
  void allBytesAreInTheFileOnRequest() {
    record(
        cassette().exact(), "C: AUTH ${*}\nS: +OK", tap -> ask(tap, "AUTH sesame\r\n", "+OK\r\n"));
    assertThat(file())
        .content()
        .contains("# Exact: secrets are not masked.")
        .contains("AUTH sesame");
  }

  @Test
  void anIdOfTheClientComesBackAsItWasSent() {
    CassetteSpec spec = cassette().varying("C: id ${id}");
    record(spec, "C: id ${x}\nS: hello ${x}", tap -> ask(tap, "id 1234\r\n", "hello 1234\r\n"));
    replay(spec, tap -> ask(tap, "id 987654\r\n", "hello 987654\r\n"));
  }

  @Test
  void theBoundaryOfAnUploadMayBeAnother() {
    CassetteSpec spec = cassette().varying("C: Content-Type: multipart/form-data; boundary=${b}");
    record(
        spec,
        """
        C: POST / HTTP/1.1
        C: Host: shop
        C: Content-Type: multipart/form-data; boundary=${b}
        C: Content-Length: ${*}
        C:
        C: --${*}
        C: ${*}
        C:
        C: Earl Grey
        C: --${*}--
        S: HTTP/1.1 204 No Content
        S:
        """,
        tap -> ask(tap, upload("X1a2b3c4d5e6f"), "HTTP/1.1 204 No Content\r\n\r\n"));
    assertThat(file()).content().contains("boundary=${b}").doesNotContain("X1a2b3c4d5e6f");
    replay(spec, tap -> ask(tap, upload("Y9z8y7x6w5v4u"), "HTTP/1.1 204 No Content\r\n\r\n"));
  }

  private static String upload(String boundary) {
    String body =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tea.txt\"\r\n"
            + "\r\nEarl Grey\r\n--"
            + boundary
            + "--\r\n";
    return "POST / HTTP/1.1\r\nHost: shop\r\nContent-Type: multipart/form-data; boundary="
        + boundary
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}

package dev.partyline.samples.taps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A read may return fewer bytes than were sent, which a loopback connection hides. */
class ReadingOneByteTest {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

  @ScriptedListener("every connection\n  S| " + ALPHABET)
  Listener server;

  @Tapped(to = "server")
  private Tap tap;

  @Test
  void aSingleReadSeemsToBeEnough() throws IOException {
    assertThat(readOnce()).isEqualTo(ALPHABET);
  }

  // tag::weather-one-byte[]
  @Test
  @InWeather("slice 1 from server must fire")
  void aSingleReadIsNotEnough() throws IOException {
    assertThat(readOnce()).startsWith("a").isNotEqualTo(ALPHABET);
  }

  /** This is wrong: readNBytes would read all of them. */
  private String readOnce() throws IOException {
    try (Socket socket = new Socket(tap.host(), tap.port())) {
      InputStream in = socket.getInputStream();
      byte[] letters = new byte[ALPHABET.length()];
      return new String(letters, 0, in.read(letters), UTF_8);
    }
  }
  // end::weather-one-byte[]
}

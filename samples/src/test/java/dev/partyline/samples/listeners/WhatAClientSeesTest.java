package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** Servers that do not answer, each in its way. */
class WhatAClientSeesTest {
  @Test
  void aConnectTimesOut() throws IOException {
    try (Listener overloaded = Listener.neverAccepting().start();
        Socket client = new Socket()) {
      assertThatThrownBy(() -> client.connect(overloaded.address(), 200))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aConnectIsRefused() {
    try (Listener refusing = Listener.refusing().start()) {
      assertThatThrownBy(() -> new Socket(refusing.host(), refusing.port()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aReadTimesOutWhileWritesSucceed() throws IOException {
    try (Listener silent = Listener.silent().start();
        Socket client = new Socket(silent.host(), silent.port())) {
      client.setSoTimeout(100);
      client.getOutputStream().write(new byte[1_000_000]);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      silent.recording().awaitBytes(Side.CLIENT, 1_000_000, ofSeconds(5));
    }
  }

  @Test
  void aWriteGetsStuck() throws IOException {
    try (Listener stuck = Listener.neverReading().start();
        SocketChannel client = SocketChannel.open(stuck.address())) {
      client.configureBlocking(false);
      ByteBuffer large = ByteBuffer.allocate(50_000_000);
      while (client.write(large) > 0) {}
      assertThat(large.hasRemaining()).isTrue();
      assertThat(stuck).within(ofSeconds(5)).client().sentNothing();
    }
  }
}

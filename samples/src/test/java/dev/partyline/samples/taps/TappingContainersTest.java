package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Containers;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** Servers and clients in containers: the tap, its recording and its weather are in the test. */
@ExtendWith(Docker.class)
class TappingContainersTest {
  @AutoClose static GenericContainer<?> redis;

  @BeforeAll
  static void startRedis() {
    redis = Docker.container("redis:7").withExposedPorts(6379);
    redis.start();
  }

  @Test
  void redisIsAskedInItsProtocol(@Tapped(to = "redis") Tap tap) {
    try (Client client = Client.to(tap.address()).start()) {
      client.sendLine("SET answer 42");
      client.expectLine("+OK");
    }
    assertThat(tap).client().sentLine("SET answer 42");
  }

  @Test
  void aProgramInAContainerTalksToTheTest(
      @ScriptedListener(
              """
              C: GET / HTTP/1.1
              C: ...
              C:
              S: HTTP/1.1 200 OK
              S: Content-Length: ${body-length}
              S:
              S| hello
              S! close
              """)
          Listener web,
      @Tapped(to = "web") Tap tap) {
    InetSocketAddress address = Containers.expose(tap);
    String url = "http://" + address.getHostString() + ":" + address.getPort() + "/";
    try (GenericContainer<?> wget = Docker.container("busybox:1")) {
      wget.withCommand("wget", "-q", "-O", "-", url)
          .withStartupCheckStrategy(new OneShotStartupCheckStrategy());
      wget.start();
      assertThat(wget.getLogs()).isEqualTo("hello");
    }
    assertThat(tap).client().sentLine("GET / HTTP/1.1").sentLine("User-Agent: Wget");
  }
}

package dev.partyline.samples.views;

import static dev.partyline.assertions.PartylineAssertions.assertThat;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.view.resp.Resp;
import org.junit.jupiter.api.Test;

/** A listener in place of Redis, with the answers that the test needs. */
class SpeakingRedisTest {
  // tag::resp-script[]
  @Test
  void theCacheHasTheAnswer(
      @ScriptedListener(
              """
              C: *2
              C: $3
              C: GET
              C: $${length}
              C: ${key}
              S: $2
              S: 42
              """)
          Listener redis,
      @ScriptedClient(to = "redis") Client program) {
    program.send("*2\r\n$3\r\nGET\r\n$6\r\nanswer\r\n");
    program.expectLine("$2");
    assertThat(redis)
        .connection()
        .viewedAs(Resp::of)
        .shows("client \"GET\" \"answer\"")
        .shows("server \"42\"");
  }
  // end::resp-script[]
}

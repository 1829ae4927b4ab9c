package dev.partyline.samples.start;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import org.junit.jupiter.api.Test;

/** Listen with nc, ask with curl, and see what curl really sends. */
class TalkingHttpTest {

  // tag::first[]
  @Test
  void curlAsksForTheFrontPage(
      @ScriptedListener(
              """
              C: GET / HTTP/1.1
              C: ...
              C:
              S: HTTP/1.1 200 OK
              S: Content-Length: ${body-length}
              S:
              S| hello
              """)
          Listener web) {
    assertThat(Program.run("", "curl", "-s", "http://127.0.0.1:" + web.port())).isEqualTo("hello");
    assertThat(web).client().sentLine("GET / HTTP/1.1");
  }

  // end::first[]

  @Test
  void curlNamesTheHostItselfAndWhatItAccepts(
      @ScriptedListener(
              """
              C: GET / HTTP/1.1
              any order
                C: Host: ${host}
                C: User-Agent: curl/${version}
                C: Accept: */*
              C:
              S: HTTP/1.1 204 No Content
              S:
              """)
          Listener web) {
    assertThat(Program.run("", "curl", "-si", "http://127.0.0.1:" + web.port()))
        .startsWith("HTTP/1.1 204 No Content");
    assertThat(web).client().sentLine("Host: 127.0.0.1:" + web.port());
    assertThat(web).client().sent("User-Agent: curl/").sentLine("Accept: */*");
  }
}

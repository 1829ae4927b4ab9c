package dev.partyline.samples.start;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import dev.partyline.script.transcript.Transcript;

/** The same without JUnit: a listener and a client in a plain main. */
final class PlainMain {
  private PlainMain() {}

  // tag::main[]
  public static void main(String[] arguments) {
    Script script =
        Script.parse(
            """
            S: who is there?
            C: ${name}
            S: hello ${name}
            """);
    try (Listener listener = Listener.playing(script).start();
        Client client = Client.to(listener.host(), listener.port()).start()) {
      client.expectLine("who is there?");
      client.sendLine("Alice");
      client.expectLine("hello Alice");
      System.out.print(Transcript.exact(listener.recording()));
    }
  }
  // end::main[]
}

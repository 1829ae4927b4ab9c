package dev.partyline.replay;

import static org.assertj.core.api.Assertions.fail;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;

/** What tests do with a cassette: they record it with a server, and replay it without one. */
final class CassetteRuns {
  private CassetteRuns() {}

  static void record(
      CassetteSpec cassette, String script, CassetteSpec.TapUser<RuntimeException> client) {
    record(cassette, Listener.playing(script), client);
  }

  static void record(
      CassetteSpec cassette, ListenerSpec spec, CassetteSpec.TapUser<RuntimeException> client) {
    try (Listener server = spec.start()) {
      cassette.mode(CassetteMode.ALWAYS).run(() -> Tap.to(server), client);
    }
  }

  static void replay(CassetteSpec cassette, CassetteSpec.TapUser<RuntimeException> client) {
    cassette.run(CassetteRuns::noServer, client);
  }

  static TapSpec noServer() {
    return fail("a replay asks for no server");
  }

  static void ask(Tap tap, String question, String answer) {
    try (Client client = Client.to(tap.address()).start()) {
      client.send(question);
      client.expect(answer);
    }
  }
}

package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import org.junit.jupiter.api.Test;

/** A fault of one's own, and a client that reads lines which end in LF. */
class DroppingCarriageReturnsTest {
  // tag::weather-own-fault[]
  /** Drops each CR with a probability, as a gateway does that changes line ends. */
  record DropCarriageReturns(double probability) implements Impairment {
    @Override
    public ImpairmentBehavior begin(FaultContext context) {
      return input -> {
        if (input.byteAt(0) == '\r' && context.draw(input.offset()) < probability) {
          context.reportHit(input.offset(), "CR");
          return new Verdict.Drop(1);
        }
        int size = 1;
        while (size < input.size() && input.byteAt(size) != '\r') {
          size++;
        }
        return new Verdict.Pass(size);
      };
    }
  }

  @Test
  void linesEndInLineFeeds(
      @ScriptedListener("S: one\nS: two\nS! close") Listener server,
      @Tapped(to = "server") Tap tap) {
    tap.inject(Fault.of("gateway", new DropCarriageReturns(1)).from(Side.SERVER));
    try (Client client = Client.to(tap.address()).start()) {
      assertThat(client.readToEnd()).isEqualTo("one\ntwo\n");
    }
    assertThat(tap).hasHit("gateway", 2).server().sentExactly("one\r\ntwo\r\n");
  }
  // end::weather-own-fault[]
}

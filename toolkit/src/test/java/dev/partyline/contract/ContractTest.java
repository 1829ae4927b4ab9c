package dev.partyline.contract;

import dev.partyline.wire.Side;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;

/** One of the two ways to run the suite. */
@Timeout(60)
interface ContractTest {
  /** Opens a line that has the suite's peers at its ends. */
  Setup line(TransportPair route) throws IOException;

  static Stream<Arguments> withSides(Stream<TransportPair> routes) {
    return routes.flatMap(route -> Stream.of(Side.values()).map(side -> Arguments.of(route, side)));
  }
}

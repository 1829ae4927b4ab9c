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
  Setup open(TransportPair transports) throws IOException;

  static Stream<Arguments> withSides(Stream<TransportPair> pairs) {
    return pairs.flatMap(
        transports -> Stream.of(Side.values()).map(side -> Arguments.of(transports, side)));
  }
}

package dev.partyline.contract;

import dev.partyline.wire.Side;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;

/** One of the ways to run the suite. */
@Timeout(60)
interface ContractTest {
  /** Opens a server, and whatever is between it and the clients. */
  Setup open(TransportPair transports) throws IOException;

  static Stream<Arguments> withSides(Stream<TransportPair> pairs) {
    return pairs.flatMap(
        transports -> Stream.of(Side.values()).map(side -> Arguments.of(transports, side)));
  }
}

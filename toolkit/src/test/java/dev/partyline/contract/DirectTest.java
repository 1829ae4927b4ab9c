package dev.partyline.contract;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suite without a tap: what it expects of a tap must hold here first. */
class DirectTest
    implements BytesContract,
        ClosingContract,
        ResetContract,
        BackPressureContract,
        ProgramsContract {
  @Override
  public Setup open(TransportPair transports) throws IOException {
    return Setup.direct(transports);
  }

  static Stream<TransportPair> routes() {
    return Stream.of(TransportPair.values()).filter(transports -> !transports.isMixed());
  }

  static Stream<TransportPair> tcpRoutes() {
    return Stream.of(TransportPair.values()).filter(TransportPair::isTcp);
  }

  static Stream<Arguments> routesAndSides() {
    return ContractTest.withSides(routes());
  }

  static Stream<Arguments> resets() {
    return ContractTest.withSides(tcpRoutes());
  }
}

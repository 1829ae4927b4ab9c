package dev.partyline.contract;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suite through a tap in clear weather, which is like a direct connection. */
class ThroughTapTest
    implements BytesContract,
        ClosingContract,
        ResetContract,
        BackPressureContract,
        ProgramsContract {
  @Override
  public Setup open(TransportPair transports) throws IOException {
    return Setup.tapped(transports);
  }

  static Stream<TransportPair> routes() {
    return Stream.of(TransportPair.values());
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

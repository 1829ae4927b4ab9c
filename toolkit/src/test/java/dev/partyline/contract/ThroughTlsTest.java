package dev.partyline.contract;

import dev.partyline.tls.Tls;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suite through two taps that use TLS with each other, and plaintext with the peers. */
class ThroughTlsTest
    implements BytesContract,
        ClosingContract,
        ResetContract,
        BackPressureContract,
        ProgramsContract {
  @Override
  public Setup open(TransportPair transports) throws IOException {
    return Setup.secured(transports, Tls.standard());
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

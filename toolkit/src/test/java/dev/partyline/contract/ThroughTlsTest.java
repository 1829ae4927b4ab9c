package dev.partyline.contract;

import dev.partyline.tls.Tls;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suite through two taps that speak TLS with one another, and plain with everybody else. */
class ThroughTlsTest
    implements BytesContract, ClosingContract, ResetContract, PressureContract, ProgramsContract {
  @Override
  public Line line(Route route) throws IOException {
    return Line.secured(route, Tls.standard());
  }

  static Stream<Route> routes() {
    return Stream.of(Route.values());
  }

  static Stream<Route> tcpRoutes() {
    return Stream.of(Route.values()).filter(Route::isTcp);
  }

  static Stream<Arguments> routesAndSides() {
    return Arm.withSides(routes());
  }

  static Stream<Arguments> resets() {
    return Arm.withSides(tcpRoutes());
  }
}

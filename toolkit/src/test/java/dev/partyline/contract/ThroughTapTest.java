package dev.partyline.contract;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suite through a tap in clear weather, which nobody can tell from a direct connection. */
class ThroughTapTest
    implements BytesContract, ClosingContract, ResetContract, PressureContract, ProgramsContract {
  @Override
  public Line line(Route route) throws IOException {
    return Line.tapped(route);
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

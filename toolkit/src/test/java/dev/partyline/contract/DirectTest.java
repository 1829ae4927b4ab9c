package dev.partyline.contract;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suite without a tap: what is expected of one has to hold here first. */
class DirectTest
    implements BytesContract, ClosingContract, ResetContract, PressureContract, ProgramsContract {
  @Override
  public Line line(Route route) throws IOException {
    return Line.direct(route);
  }

  static Stream<Route> routes() {
    return Stream.of(Route.values()).filter(route -> !route.isMixed());
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

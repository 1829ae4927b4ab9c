package dev.partyline.junit5.internal;

import dev.partyline.loopback.MockWebServers;
import dev.partyline.loopback.TapSpec;
import mockwebserver3.MockWebServer;

/** A MockWebServer as upstream; this class is loaded only if there is one. */
final class MockWebServerUpstream {
  private MockWebServerUpstream() {}

  static UpstreamRef of(Object value) {
    MockWebServer server = (MockWebServer) value;
    TapSpec tapSpec = MockWebServers.tap(server);
    return new UpstreamRef(server.getSocketAddress(), () -> tapSpec);
  }
}

package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.peers.Program;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real programs see. */
interface ProgramsContract extends ContractTest {
  @ParameterizedTest
  @MethodSource("routes")
  default void nc_sends_a_fin_and_gets_a_late_answer(TransportPair transports) throws Exception {
    try (Setup setup = open(transports);
        Helpers helpers = new Helpers()) {
      helpers.run(
          () -> {
            try (BlockingPeer server = setup.accept()) {
              server.expect("what is the answer?");
              server.expectFin();
              server.send("42");
            }
          });
      List<Object> arguments = new ArrayList<>(List.of("-N"));
      if (setup.address() instanceof InetSocketAddress inet) {
        arguments.add(inet.getAddress().getHostAddress());
        arguments.add(inet.getPort());
      } else {
        arguments.add("-U");
        arguments.add(((UnixDomainSocketAddress) setup.address()).getPath());
      }
      assertThat(Program.run("what is the answer?", "nc", arguments.toArray())).isEqualTo("42");
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void curl_gets_a_large_page(TransportPair transports) throws Exception {
    String page = "All work and no play makes Jack a dull boy.\n".repeat(50_000);
    try (Setup setup = open(transports);
        Helpers helpers = new Helpers()) {
      helpers.run(() -> serve(setup, page, page.length(), BlockingPeer::close));
      assertThat(curl(setup)).isEqualTo(page);
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("tcpRoutes")
  default void curl_reports_a_reset_in_the_middle_of_a_page(TransportPair transports)
      throws Exception {
    try (Setup setup = open(transports);
        Helpers helpers = new Helpers()) {
      helpers.run(() -> serve(setup, "only the beginning ", 10_000, BlockingPeer::reset));
      assertThat(curl(setup))
          .startsWith("only the beginning ")
          .contains("(56)", "Connection reset by peer");
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void curl_reports_a_page_that_ends_too_soon(TransportPair transports) throws Exception {
    try (Setup setup = open(transports);
        Helpers helpers = new Helpers()) {
      helpers.run(() -> serve(setup, "only the beginning ", 10_000, BlockingPeer::close));
      assertThat(curl(setup)).startsWith("only the beginning ").contains("(18)");
      helpers.await();
    }
  }

  private static void serve(Setup setup, String page, int length, CloseAction closeAction)
      throws Exception {
    try (BlockingPeer server = setup.accept()) {
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        request.append(server.receive(1));
      }
      server.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + page);
      closeAction.close(server);
    }
  }

  private static String curl(Setup setup) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("-sS", "--no-buffer"));
    if (setup.address() instanceof InetSocketAddress inet) {
      String host = inet.getAddress().getHostAddress();
      arguments.add(
          "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort() + "/");
    } else {
      arguments.add("--unix-socket");
      arguments.add(((UnixDomainSocketAddress) setup.address()).getPath());
      arguments.add("http://localhost/");
    }
    return Program.run("", "curl", arguments.toArray());
  }

  /** How a server ends a connection. */
  @FunctionalInterface
  interface CloseAction {
    void close(BlockingPeer server) throws Exception;
  }
}

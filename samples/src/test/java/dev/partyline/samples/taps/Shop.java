package dev.partyline.samples.taps;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;

/** A server that a test starts itself. */
final class Shop implements Closeable {
  private final HttpServer server;

  Shop() throws IOException {
    server = HttpServer.create();
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Connection", "close");
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("sold".getBytes(UTF_8));
          exchange.close();
        });
  }

  void open(int port) throws IOException {
    server.bind(new InetSocketAddress("127.0.0.1", port), 0);
    server.start();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** Its client, the code under test. */
  static final class Customer {
    String buy(String what) throws IOException {
      URI url = URI.create(System.getProperty("shop.url")).resolve(what);
      try (InputStream in = url.toURL().openStream()) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }
  }
}

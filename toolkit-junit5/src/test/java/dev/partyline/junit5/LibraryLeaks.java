package dev.partyline.junit5;

import static dev.partyline.junit5.LeakRow.ESTABLISHED;
import static dev.partyline.junit5.LeakRow.LISTEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.Ports;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The ways of leaving open what libraries and this toolkit make of sockets, a row each. */
final class LibraryLeaks {
  private final Listener webServer;

  LibraryLeaks(Listener webServer) {
    this.webServer = webServer;
  }

  Stream<LeakRow> rows() {
    return Stream.of(selectorsAndServers(), clients(), ours()).flatMap(rows -> rows);
  }

  private static Stream<LeakRow> selectorsAndServers() {
    return Stream.of(
        LeakRow.of("Selector", "1 selector open", Selector::open),
        LeakRow.of("Pipe", "1 pipe open", LibraryLeaks::pipe),
        LeakRow.of("Pipe, half closed", "1 pipe open", LibraryLeaks::halfClosedPipe),
        LeakRow.of(
            "AsynchronousChannelGroup", "1 asynchronous channel group open", LibraryLeaks::group),
        LeakRow.of("HttpServer", LISTEN, LibraryLeaks::httpServer),
        LeakRow.of("MockWebServer", LISTEN, LibraryLeaks::mockWebServer));
  }

  private static AutoCloseable pipe() throws IOException {
    Pipe pipe = Pipe.open();
    return () -> {
      pipe.sink().close();
      pipe.source().close();
    };
  }

  private static AutoCloseable halfClosedPipe() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.sink().close();
    return pipe.source();
  }

  private static AutoCloseable group() throws IOException {
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
    return group::shutdownNow;
  }

  private static AutoCloseable httpServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return () -> server.stop(0);
  }

  private static AutoCloseable mockWebServer() throws IOException {
    MockWebServer server = new MockWebServer();
    server.start();
    return server;
  }

  private Stream<LeakRow> clients() {
    return Stream.of(
        LeakRow.of("HttpClient", ESTABLISHED, this::httpClient).whichIsCollected(),
        LeakRow.of("HttpURLConnection", ESTABLISHED, this::urlConnection),
        LeakRow.of("OkHttp", ESTABLISHED, this::okHttp),
        LeakRow.of("Apache HttpClient", ESTABLISHED, this::apacheClient));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + webServer.port() + path);
  }

  /** Before JDK 21 it has no method that closes it: its connection ends when the server closes. */
  private AutoCloseable httpClient() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpResponse.BodyHandler<Void> discarding = HttpResponse.BodyHandlers.discarding();
    client.send(HttpRequest.newBuilder(uri("/stay")).build(), discarding);
    return () -> client.send(HttpRequest.newBuilder(uri("/go")).build(), discarding);
  }

  private AutoCloseable urlConnection() throws IOException {
    get(uri("/stay"));
    return () -> get(uri("/go"));
  }

  private static void get(URI uri) throws IOException {
    assertThat(uri.toURL().openConnection().getInputStream().readAllBytes()).isEmpty();
  }

  private AutoCloseable okHttp() throws IOException {
    OkHttpClient client = new OkHttpClient();
    client.newCall(new Request.Builder().url(uri("/stay").toURL()).build()).execute().close();
    return client.connectionPool()::evictAll;
  }

  private AutoCloseable apacheClient() throws IOException {
    CloseableHttpClient client = HttpClients.createDefault();
    client.execute(
        new HttpGet(uri("/stay")),
        response -> {
          EntityUtils.consume(response.getEntity());
          return response.getCode();
        });
    return client;
  }

  private Stream<LeakRow> ours() {
    return Stream.of(
        LeakRow.of("Listener", "Listener{tcp ", () -> Listener.silent().start()),
        LeakRow.of("Listener over UDP", "Listener{udp ", () -> listener(Transport.UDP)),
        LeakRow.of("Listener over Unix", "Listener{unix ", () -> listener(Transport.UNIX)),
        LeakRow.of("Client", "Client{tcp ", () -> Client.to(webServer.address()).start()),
        LeakRow.of("Tap", "Tap{tcp ", () -> Tap.to(webServer).start()),
        LeakRow.of("PortLease", "PortLease{", Ports::reserve),
        LeakRow.of("PortLeases", "2 sockets open", () -> Ports.reserveBlock(2)));
  }

  private static Listener listener(Transport transport) {
    return Listener.silent().over(transport).start();
  }
}

package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.assertions.ViewAssert;
import dev.partyline.loopback.MockWebServers;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.view.dns.Dns;
import dev.partyline.view.dns.DnsMessage;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.http2.Http2Frame;
import dev.partyline.view.resp.Resp;
import dev.partyline.view.resp.RespMessage;
import dev.partyline.view.websocket.WebSocket;
import dev.partyline.view.websocket.WebSocketFrame;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocketListener;
import org.assertj.core.api.AbstractIterableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** What foreign programs and libraries send, as the views read it. */
@Timeout(60)
class ViewsOfRealPeersTest {

  @Test
  void redis_cli_and_redis_speak_resp3_through_a_tap() throws IOException {
    try (PortLease lease = Ports.reserve();
        Redis redis = lease.bind(Redis::new);
        Tap tap = Tap.to("127.0.0.1", redis.port()).start()) {
      String typed =
          """
          SET greeting "hello\\nthere"
          GET greeting
          HSET h a 1 b 2
          HGETALL h
          INCR n
          GET nothing
          NOSUCH
          SADD s x
          SMEMBERS s
          """;
      Program.run(typed, "redis-cli", "-3", "-p", tap.port());
      ViewAssert<RespMessage> view =
          assertThat(tap).within(ofSeconds(10)).connection(1).viewedAs(Resp::of);
      view.shows("client \"SET\" \"greeting\" \"hello\\nthere\"")
          .shows("server \"hello\\nthere\"")
          .shows("server {\"a\" => \"1\", \"b\" => \"2\"}")
          .shows("server (integer) 1")
          .shows("server (nil)")
          .shows("server (error) ERR unknown command")
          .shows("server ~[\"x\"]");
      assertThat(tap)
          .connection(1)
          .viewedAs(c -> Resp.of(c).flaws())
          .satisfies(AbstractIterableAssert::isEmpty);
    }
  }

  @Test
  void okhttp_and_mock_web_server_speak_http2_through_a_tap() throws IOException {
    OkHttpClient client =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    try (MockWebServer server = http2Server();
        Tap tap = MockWebServers.tap(server).start()) {
      for (int i = 0; i < 3; i++) {
        server.enqueue(answer());
        Request request =
            new Request.Builder()
                .url("http://127.0.0.1:" + tap.port() + "/page" + i)
                .header("X-Long", "x".repeat(30_000))
                .build();
        try (Response response = client.newCall(request).execute()) {
          assertThat(response.body().string()).isEqualTo("hello");
        }
      }
      check(tap, 3);
      assertThat(tap)
          .connection(1)
          .viewedAs(Http2::of)
          .satisfies(
              frames ->
                  frames
                      .filteredOn(frame -> frame.field("x-long").isPresent())
                      .hasSize(3)
                      .allMatch(frame -> (frame.flags() & 4) == 0, "goes on in CONTINUATION"));
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void curl_and_mock_web_server_speak_http2_through_a_tap() {
    try (MockWebServer server = http2Server();
        Tap tap = MockWebServers.tap(server).start()) {
      server.enqueue(answer());
      String url = "http://127.0.0.1:" + tap.port() + "/page0";
      assertThat(Program.run("", "curl", "-s", "--http2-prior-knowledge", url)).isEqualTo("hello");
      check(tap, 1);
    }
  }

  private static void check(Tap tap, int count) {
    assertThat(tap)
        .within(ofSeconds(10))
        .connection(1)
        .viewedAs(Http2::of)
        .satisfies(
            frames ->
                frames
                    .filteredOn(frame -> frame.kind() == Http2Frame.Kind.DATA)
                    .extracting(frame -> frame.content().utf8())
                    .hasSizeGreaterThanOrEqualTo(count)
                    .allMatch(text -> "hello".equals(text) || text.isEmpty()))
        .satisfies(
            frames ->
                frames
                    .filteredOn(frame -> frame.side() == Side.CLIENT)
                    .flatExtracting(frame -> frame.field(":path").stream().toList())
                    .hasSize(count)
                    .allMatch(path -> path.toString().startsWith("/page")))
        .satisfies(
            frames ->
                frames
                    .filteredOn(frame -> frame.field("x-answer").isPresent())
                    .hasSize(count)
                    .allMatch(frame -> frame.field(":status").orElse("").equals("200")));
    assertThat(tap)
        .connection(1)
        .viewedAs(c -> Http2.of(c).flaws())
        .satisfies(AbstractIterableAssert::isEmpty);
  }

  private static MockWebServer http2Server() {
    MockWebServer server = new MockWebServer();
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    return server;
  }

  private static MockResponse answer() {
    return new MockResponse.Builder().body("hello").headers(Headers.of("X-Answer", "yes")).build();
  }

  @Test
  void the_client_of_the_jdk_and_mock_web_server_speak_web_socket_through_a_tap() throws Exception {
    try (MockWebServer server = new MockWebServer();
        Tap tap = MockWebServers.tap(server).start()) {
      server.enqueue(
          new MockResponse.Builder()
              .webSocketUpgrade(
                  new WebSocketListener() {
                    @Override
                    public void onMessage(okhttp3.WebSocket socket, String text) {
                      socket.send(text + text);
                    }

                    @Override
                    public void onClosing(okhttp3.WebSocket socket, int code, String reason) {
                      socket.close(1000, "bye");
                    }
                  })
              .build());
      TextCollector collector = new TextCollector();
      java.net.http.WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + tap.port() + "/chat"), collector)
              .get(20, TimeUnit.SECONDS);
      socket.sendText("grüß ", false).get(20, TimeUnit.SECONDS);
      socket.sendText("dich", true).get(20, TimeUnit.SECONDS);
      assertThat(collector.received.get(20, TimeUnit.SECONDS)).isEqualTo("grüß dichgrüß dich");
      socket.sendClose(1000, "done").get(20, TimeUnit.SECONDS);
      assertThat(tap)
          .within(ofSeconds(10))
          .connection(1)
          .viewedAs(WebSocket::of)
          .shows("server WebSocket Connection Close [FIN] 1000")
          .satisfies(
              frames ->
                  frames
                      .filteredOn(frame -> frame.kind() != WebSocketFrame.Kind.CLOSE)
                      .extracting(WebSocketFrame::toString)
                      .contains(
                          "client WebSocket Text [MASKED] grüß ",
                          "client WebSocket Continuation [FIN] [MASKED] dich",
                          "server WebSocket Text [FIN] grüß dichgrüß dich"));
      assertThat(tap)
          .connection(1)
          .viewedAs(c -> WebSocket.of(c).flaws())
          .satisfies(AbstractIterableAssert::isEmpty);
    }
  }

  private static final class TextCollector implements java.net.http.WebSocket.Listener {
    private final CompletableFuture<String> received = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(
        java.net.http.WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received.complete(text.toString());
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  void the_resolver_of_the_jdk_asks_a_server_of_dnsjava_through_a_tap() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        Tap tap = Tap.to("127.0.0.1", server.getLocalPort()).over(Transport.UDP).start()) {
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(() -> answer(server, "mail.example.", "10 mx.example."));
      Attributes found = resolve(tap.port(), "mail.example");
      assertThat(found.get("MX").get()).isEqualTo("10 mx.example.");
      answering.get(20, TimeUnit.SECONDS);
      assertThat(tap)
          .connection(1)
          .viewedAs(Dns::of)
          .shows("QUESTION: mail.example. IN MX")
          .shows("ANSWER: mail.example. 300 IN MX 10 mx.example.")
          .satisfies(
              messages -> messages.extracting(DnsMessage::isResponse).containsExactly(false, true));
      assertThat(tap)
          .connection(1)
          .viewedAs(c -> Dns.of(c).flaws())
          .satisfies(AbstractIterableAssert::isEmpty);
    }
  }

  @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // It looks up a text record.
  private static Attributes resolve(int port, String name) throws NamingException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + port);
    // After a second it would ask again, before a busy machine has answered.
    environment.put("com.sun.jndi.dns.timeout.initial", "20000");
    return new InitialDirContext(environment).getAttributes(name, new String[] {"MX"});
  }

  private static void answer(DatagramSocket server, String name, String data) {
    try {
      server.setSoTimeout(20_000);
      DatagramPacket packet = new DatagramPacket(new byte[512], 512);
      server.receive(packet);
      Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
      Message answer = new Message(query.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      answer.getHeader().setFlag(Flags.AA);
      answer.addRecord(query.getQuestion(), Section.QUESTION);
      answer.addRecord(
          Record.fromString(
              Name.fromString(name), query.getQuestion().getType(), 1, 300, data, Name.root),
          Section.ANSWER);
      byte[] wire = answer.toWire();
      server.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

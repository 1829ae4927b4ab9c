package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.script.Script;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers and drivers that use TLS with our clients and taps. */
class TlsServersTest {
  private static final Duration SOON = ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void aScriptedClientTalksToOpenssl() throws Exception {
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("certificate.pem");
    Program.run(
        "",
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-keyout",
        key,
        "-out",
        certificate);
    try (PortLease lease = Ports.reserve()) {
      Process server =
          Program.start(
              "openssl",
              "s_server",
              "-quiet",
              "-accept",
              "127.0.0.1:" + lease.port(),
              "-key",
              key,
              "-cert",
              certificate,
              "-rev",
              "-naccept",
              "2");
      try {
        awaitListening(lease.port());
        Script script = Script.parse("eol lf\nC: hello\nS: olleh\nC! close\n");
        try (Client client =
            Client.to(lease.address()).playing(script).tls(Tls.standard().trustingAll()).start()) {
          assertThat(client).within(SOON).finishedScript();
        }
      } finally {
        server.destroy();
      }
    }
  }

  /** This uses up one of the connections that the server accepts. */
  private static void awaitListening(int port) {
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> new Socket("127.0.0.1", port).close());
  }

  @Test
  void aScriptedClientTalksToNetty() throws Exception {
    SSLContext context = Tls.standard().trust().contextPresenting(CertificateSpec.standard());
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      ServerBootstrap netty =
          new ServerBootstrap()
              .group(group)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      SSLEngine engine = context.createSSLEngine();
                      engine.setUseClientMode(false);
                      channel.pipeline().addLast(new SslHandler(engine), new Echo());
                    }
                  });
      InetSocketAddress address =
          (InetSocketAddress) netty.bind("127.0.0.1", 0).sync().channel().localAddress();
      try (Client client = Client.to(address).tls(Tls.standard()).start()) {
        client.sendLine("hello, netty");
        client.expectLine("hello, netty");
        client.shutdownOutput();
        assertThat(client.readToEnd().isEmpty()).isTrue();
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10_000);
    }
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      var unused = context.writeAndFlush(message);
    }
  }

  @Test
  void theDriverOfPostgresqlStartsTlsMidConnection() throws Exception {
    Script start =
        Script.parse(
            """
            # SSLRequest, and that it is welcome
            C# 00 00 00 08 04 d2 16 2f
            S| S
            tls
            # StartupMessage, and ErrorResponse
            C# ${*:4 bytes} 00 03 00 00
            C| user\\0alice\\0${*}\\0\\0
            S# 45 00 00 00 23
            S| SFATAL\\0VFATAL\\0C28000\\0Mgo home\\0\\0
            S! close
            """);
    Path root = Files.writeString(folder.resolve("root.pem"), Tls.standard().trust().pem());
    try (Listener database = Listener.playing(start).start()) {
      Properties properties = new Properties();
      properties.setProperty("user", "alice");
      properties.setProperty("sslmode", "verify-full");
      properties.setProperty("sslrootcert", root.toString());
      String url = "jdbc:postgresql://localhost:" + database.port() + "/shop";
      assertThatThrownBy(() -> DriverManager.getConnection(url, properties))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("go home");
      assertThat(database.recording().conversations().get(0).tlsSessions()).hasSize(1);
    }
  }
}

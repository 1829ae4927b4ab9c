package dev.partyline.junit5;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that hang, as those of users do; a time-out comes from the configuration of the run. */
final class WaysToHang {
  static final Class<?>[] ALL = {
    BlockingSocket.class,
    BlockingChannel.class,
    JdkHttpClient.class,
    OkHttp.class,
    ApacheHttpClient.class,
    Jdbc.class,
    Latch.class,
    IdleRepeat.class,
    TapToSilentServer.class,
    StalledTap.class
  };

  private static final String SILENT = "C: ...";

  /** No deadline of a script may end the test before its time-out does. */
  private static final String LONG = "10m";

  private WaysToHang() {}

  /** Sends a PING, and reads one byte more than the answer has. */
  static void readOneByteTooMany(String host, int port) throws IOException {
    try (Socket socket = new Socket(host, port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      in.readNBytes("PONG\r\n".length() + 1);
    }
  }

  abstract static class Way {
    /** Returns what the client connects to. */
    abstract Recorded web();

    @BeforeEach
    void begin() {
      HangingRun.expectConnection(web());
    }
  }

  abstract static class SilentServer extends Way {
    @ScriptedListener(value = SILENT, deadline = LONG)
    Listener web;

    @Override
    final Recorded web() {
      return web;
    }

    final String url() {
      InetSocketAddress address = (InetSocketAddress) web.address();
      return "http://" + address.getHostString() + ":" + address.getPort() + "/";
    }
  }

  static class BlockingSocket extends Way {
    @ScriptedListener(value = "C: PING\nS: PONG\nC: QUIT", deadline = LONG)
    Listener web;

    @Override
    Recorded web() {
      return web;
    }

    @Test
    void hangs() throws IOException {
      readOneByteTooMany(web.host(), web.port());
    }
  }

  static class BlockingChannel extends SilentServer {
    @Test
    void hangs() throws IOException {
      try (SocketChannel channel = SocketChannel.open(web.address())) {
        channel.read(ByteBuffer.allocate(1));
      }
    }
  }

  static class JdkHttpClient extends SilentServer {
    @Test
    void hangs() throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url())).build();
      HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  static class OkHttp extends SilentServer {
    @Test
    void hangs() throws IOException {
      OkHttpClient client = new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
      client.newCall(new Request.Builder().url(url()).build()).execute().close();
    }
  }

  static class ApacheHttpClient extends SilentServer {
    @Test
    void hangs() throws IOException {
      try (CloseableHttpClient client = HttpClients.createDefault()) {
        client.execute(new HttpGet(url()), response -> response.getCode());
      }
    }
  }

  static class Jdbc extends SilentServer {
    @Test
    void hangs() throws SQLException {
      // The driver waits for an answer about encryption for some seconds only.
      String encryption = "?sslmode=disable&gssEncMode=disable";
      String address = web.host() + ":" + web.port();
      DriverManager.getConnection("jdbc:postgresql://" + address + "/shop" + encryption, "me", "")
          .close();
    }
  }

  static class Latch extends SilentServer {
    @Test
    void hangs() throws IOException, InterruptedException {
      try (Socket socket = new Socket(web.host(), web.port())) {
        new CountDownLatch(socket.isConnected() ? 1 : 0).await();
      }
    }
  }

  static class IdleRepeat extends Way {
    @ScriptedListener("repeat\n  C: PING\n  S: PONG")
    Listener web;

    @Override
    Recorded web() {
      return web;
    }

    @Test
    void hangs() throws IOException {
      readOneByteTooMany(web.host(), web.port());
    }
  }

  static class TapToSilentServer extends Way {
    @ScriptedListener(value = SILENT, deadline = LONG)
    Listener server;

    @Tapped(to = "server")
    Tap web;

    @Override
    Recorded web() {
      return web;
    }

    @Test
    void hangs() throws IOException {
      readOneByteTooMany(web.host(), web.port());
    }
  }

  static class StalledTap extends Way {
    @ScriptedListener(value = "C: PING\nS: PONG", deadline = LONG)
    Listener server;

    @Tapped(to = "server", weather = "stall")
    Tap web;

    @Override
    Recorded web() {
      return web;
    }

    @Test
    void hangs() throws IOException {
      readOneByteTooMany(web.host(), web.port());
    }
  }
}

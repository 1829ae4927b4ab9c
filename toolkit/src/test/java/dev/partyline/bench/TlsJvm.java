package dev.partyline.bench;

import dev.partyline.loopback.Tap;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.RecordingPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Both ends, a tap, or a relay of the TLS bench, in a JVM of its own. */
final class TlsJvm {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  private TlsJvm() {}

  public static void main(String[] arguments) throws Exception {
    int port =
        switch (arguments[0]) {
          case "tap" -> tap(Integer.parseInt(arguments[1]));
          case "relay" -> serve(socket -> relay(socket, Integer.parseInt(arguments[1])));
          default -> serve(TlsJvm::sink);
        };
    Child.serve(
        words ->
            words[0].equals("port")
                ? new double[] {port}
                : new double[] {send(Integer.parseInt(words[1]), Long.parseLong(words[2]))});
  }

  private static int tap(int target) {
    return Tap.to(target)
        .decrypting()
        .keeping(RecordingPolicy.headAndTail(1 << 16, 1 << 16))
        .start()
        .port();
  }

  /** Serves a connection. */
  private interface ConnectionHandler {
    void serve(SSLSocket socket) throws IOException, GeneralSecurityException;
  }

  private static int serve(ConnectionHandler handler) throws IOException {
    SSLContext context = Tls.standard().trust().contextPresenting(CertificateSpec.standard());
    InetAddress loopback = InetAddress.getLoopbackAddress();
    SSLServerSocket serverSocket =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, loopback);
    THREADS.execute(
        () -> {
          try {
            while (true) {
              SSLSocket socket = (SSLSocket) serverSocket.accept();
              THREADS.execute(() -> serveAndClose(handler, socket));
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    return serverSocket.getLocalPort();
  }

  private static void serveAndClose(ConnectionHandler handler, SSLSocket accepted) {
    try (SSLSocket socket = accepted) {
      socket.setTcpNoDelay(true);
      handler.serve(socket);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads everything, and then sends how much it was. */
  private static void sink(SSLSocket socket) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream in = socket.getInputStream();
    long remaining = Long.parseLong(line(in));
    while (remaining > 0) {
      remaining -= in.read(buffer);
    }
    socket.getOutputStream().write('.');
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** The simplest relay: a socket for each side, a thread for each direction. */
  private static void relay(SSLSocket client, int target)
      throws IOException, GeneralSecurityException {
    try (SSLSocket server = connect(target)) {
      THREADS.execute(
          () -> {
            try {
              copy(server.getInputStream(), client.getOutputStream());
            } catch (IOException e) {
              // The other direction has ended, and closed both.
            }
          });
      copy(client.getInputStream(), server.getOutputStream());
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }

  private static SSLSocket connect(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Returns the seconds until the server has confirmed all bytes. */
  private static double send(int port, long bytes) throws IOException, GeneralSecurityException {
    try (SSLSocket socket = connect(port)) {
      socket.startHandshake();
      byte[] buffer = new byte[BUFFER_BYTES];
      OutputStream out = socket.getOutputStream();
      long start = System.nanoTime();
      out.write((bytes + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      for (long remaining = bytes; remaining > 0; remaining -= buffer.length) {
        out.write(buffer, 0, (int) Math.min(remaining, buffer.length));
      }
      if (socket.getInputStream().read() != '.') {
        throw new IOException("the server did not get it all");
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** Trusts any certificate, because each JVM has an authority of its own. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

package dev.partyline.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.peers.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Common HTTPS clients, each of which trusts only the test authority. */
enum HttpsPeer {
  CURL {
    @Override
    String get(URI address, Trust trust, Path folder) {
      return Program.run(
          "", "curl", "-sS", "--max-time", "50", "--cacert", pem(trust, folder), address);
    }
  },
  OPENSSL {
    @Override
    String get(URI address, Trust trust, Path folder) {
      boolean name = HostNames.isName(address.getHost());
      return Program.run(
          "GET / HTTP/1.0\r\n\r\n",
          "openssl",
          "s_client",
          "-ign_eof",
          "-verify_return_error",
          name ? "-verify_hostname" : "-verify_ip",
          address.getHost(),
          "-CAfile",
          pem(trust, folder),
          "-connect",
          address.getAuthority());
    }
  },
  JDK {
    @Override
    String get(URI address, Trust trust, Path folder) throws IOException, InterruptedException {
      HttpClient client = HttpClient.newBuilder().sslContext(trust.context()).build();
      HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(15)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  },
  URL_CONNECTION {
    @Override
    String get(URI address, Trust trust, Path folder) throws IOException {
      HttpsURLConnection connection = (HttpsURLConnection) address.toURL().openConnection();
      connection.setSSLSocketFactory(trust.context().getSocketFactory());
      try (InputStream body = connection.getInputStream()) {
        return new String(body.readAllBytes(), UTF_8);
      }
    }
  },
  OKHTTP {
    @Override
    String get(URI address, Trust trust, Path folder) throws IOException {
      OkHttpClient client =
          new OkHttpClient.Builder()
              .sslSocketFactory(trust.context().getSocketFactory(), trust.trustManager())
              .build();
      Request request = new Request.Builder().url(address.toString()).build();
      try (Response response = client.newCall(request).execute()) {
        return response.body().string();
      } finally {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
      }
    }
  },
  APACHE {
    @Override
    String get(URI address, Trust trust, Path folder) throws IOException {
      var connections =
          PoolingHttpClientConnectionManagerBuilder.create()
              .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust.context()))
              .build();
      try (CloseableHttpClient client =
          HttpClients.custom().setConnectionManager(connections).build()) {
        return client.execute(
            new HttpGet(address), response -> EntityUtils.toString(response.getEntity()));
      }
    }
  };

  abstract String get(URI address, Trust trust, Path folder)
      throws IOException, InterruptedException;

  /** Returns what the peer received, or the messages of its exception and all causes. */
  String ask(URI address, Trust trust, Path folder) throws InterruptedException {
    try {
      return get(address, trust, folder);
    } catch (IOException e) {
      return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
          .map(Throwable::toString)
          .collect(Collectors.joining("\n"));
    }
  }

  private static Path pem(Trust trust, Path folder) {
    try {
      return Files.writeString(folder.resolve("authority.pem"), trust.pem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.partyline.peers;

import static dev.partyline.peers.SecretTraffic.assertHidden;
import static dev.partyline.peers.SecretTraffic.secret;

import dev.partyline.loopback.MockWebServers;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What curl sends to log in is in nothing that is shown of it. */
class CurlSecretsTest {
  /** No group. */
  private static final String ITSELF = "^$";

  private final String secret = secret();

  @TempDir private Path folder;

  private static String web(String... headers) {
    StringBuilder script = new StringBuilder("every connection\n  repeat\n    C: ...\n    C:\n");
    script.append("    S: HTTP/1.1 200 OK\n    S: Content-Length: 0\n");
    List.of(headers).forEach(header -> script.append("    S: ").append(header).append('\n'));
    return script.append("    S:\n").toString();
  }

  private void hides(String script, String sent, String... arguments) {
    List<String> command = new ArrayList<>(List.of("curl", "-sk", "--max-time", "30"));
    command.addAll(List.of(arguments));
    assertHidden(script, secret, sent, command.toArray(String[]::new));
  }

  private void hidesInHttp(String... arguments) {
    hides(web(), ITSELF, arguments);
  }

  @Test
  void basic_and_a_bearer_token() {
    hidesInHttp("-u", "me:" + secret, "http://127.0.0.1:PORT/");
    hidesInHttp("http://me:" + secret + "@127.0.0.1:PORT/");
    hidesInHttp("--oauth2-bearer", secret, "http://127.0.0.1:PORT/");
  }

  @Test
  void a_proxy_password() {
    hidesInHttp("-x", "http://127.0.0.1:PORT", "-U", "me:" + secret, "http://example.org/");
    hidesInHttp("-x", "http://127.0.0.1:PORT", "-p", "-U", "me:" + secret, "http://example.org/");
  }

  @Test
  void cookies_that_it_keeps_in_a_jar() throws IOException {
    Path jar = folder.resolve("jar");
    hides(
        web("Set-Cookie: session=" + secret + "; Path=/; HttpOnly", "Set-Cookie: a=" + secret),
        ITSELF,
        "-c",
        jar.toString(),
        "http://127.0.0.1:PORT/a",
        "http://127.0.0.1:PORT/b");
    Files.writeString(jar, "127.0.0.1\tFALSE\t/\tFALSE\t0\tfriend\t" + secret + "\n");
    hidesInHttp("-b", jar.toString(), "http://127.0.0.1:PORT/c");
    hidesInHttp("-b", "friend=" + secret, "http://127.0.0.1:PORT/c");
  }

  @Test
  void forms() {
    hidesInHttp("-d", "user=me&password=" + secret, "http://127.0.0.1:PORT/login");
    hidesInHttp(
        "--data-urlencode",
        "user=me",
        "--data-urlencode",
        "pwd=" + secret,
        "http://127.0.0.1:PORT/login");
    hidesInHttp("-F", "user=me", "-F", "password=" + secret, "http://127.0.0.1:PORT/login");
    hidesInHttp("-G", "-d", "access_token=" + secret, "http://127.0.0.1:PORT/login");
    hidesInHttp(
        "--json",
        "{\"user\":\"me\",\"password\":\"" + secret + "\"}",
        "http://127.0.0.1:PORT/login");
    hidesInHttp(
        "-H",
        "Transfer-Encoding: chunked",
        "-d",
        "user=me&password=" + secret,
        "http://127.0.0.1:PORT/login");
  }

  @Test
  void the_signature_of_a_cloud() {
    hides(
        web(),
        "Signature=([0-9a-f]+)",
        "--aws-sigv4",
        "aws:amz:eu-west-1:s3",
        "-u",
        "AKIDEXAMPLE:" + secret,
        "-H",
        "X-Amz-Security-Token: " + secret,
        "http://127.0.0.1:PORT/bucket");
  }

  @Test
  void what_digest_proves() {
    String script =
        """
        every connection
          C: ...
          C:
          S: HTTP/1.1 401 Unauthorized
          S: WWW-Authenticate: Digest realm="r", qop="auth", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c0"
          S: Content-Length: 0
          S:
          C: ...
          C:
          S: HTTP/1.1 200 OK
          S: Content-Length: 0
          S:
        """;
    hides(
        script,
        "response=\"([0-9a-f]+)\"",
        "--digest",
        "-u",
        "me:" + secret,
        "http://127.0.0.1:PORT/");
  }

  @Test
  void what_is_sent_in_frames_of_http2() {
    MockWebServer server = new MockWebServer();
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    try (server;
        Tap tap = MockWebServers.tap(server).start()) {
      server.enqueue(
          new MockResponse.Builder()
              .addHeader("Set-Cookie", "sid=" + secret)
              .body("{\"access_token\":\"" + secret + "\"}")
              .build());
      SecretTraffic.run(
          tap.port(),
          "curl",
          "-s",
          "--http2-prior-knowledge",
          "-H",
          "X-Api-Key: " + secret,
          "-d",
          "user=me&password=" + secret,
          "http://127.0.0.1:PORT/?token=" + secret);
      assertHidden(tap, secret, ITSELF);
    }
  }

  @Test
  void the_password_of_a_socks_proxy() {
    String proxy = "me:" + secret + "@127.0.0.1:PORT";
    String login = "C# ${*:25 bytes}\nS# 01 01\nS! close\n";
    String script =
        "C# 05\nwhen\n  C# 02 ${*:2 bytes}\n  S# 05 02\nwhen\n  C# 03 ${*:3 bytes}\n  S# 05 02\n";
    hides(script + login, ITSELF, "--socks5", proxy, "http://127.0.0.2/");
    hides(script + login, ITSELF, "--socks5-hostname", proxy, "http://127.0.0.2/");
  }

  private void hidesInMail(String mechanism, String dialogue) {
    String script =
        "S: 220 mail\nC: EHLO ${*}\nS: 250-mail\nS: 250 AUTH " + mechanism + "\n" + dialogue;
    for (String option : List.of("--sasl-ir", "--no-sasl-ir")) {
      hides(
          script,
          "AUTH CRAM-MD5\r\n([^\r]+)",
          option,
          "-u",
          "me:" + secret,
          "--login-options",
          "AUTH=" + mechanism,
          "--mail-from",
          "a@b",
          "--mail-rcpt",
          "b@c",
          "smtp://127.0.0.1:PORT/me");
    }
  }

  private static final String ANY_LOGIN =
      """
      when
        C: AUTH PLAIN
        S: 334\\s
        C: ${*}
        S: 235 ok
      when
        C: AUTH PLAIN ${*}
        S: 235 ok
      when
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: ${*}
        S: 334 UGFzc3dvcmQ6
        C: ${*}
        S: 235 ok
      when
        C: AUTH LOGIN ${*}
        S: 334 UGFzc3dvcmQ6
        C: ${*}
        S: 235 ok
      when
        C: AUTH CRAM-MD5
        S: 334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
        C: ${*}
        S: 235 ok
      when
        C: AUTH XOAUTH2
        S: 334\\s
        C: ${*}
        S: 235 ok
      when
        C: AUTH XOAUTH2 ${*}
        S: 235 ok
      C: ${*}
      S! close
      """;

  @Test
  void the_logins_of_smtp() {
    for (String mechanism : List.of("PLAIN", "LOGIN", "CRAM-MD5")) {
      hidesInMail(mechanism, ANY_LOGIN);
    }
  }

  @Test
  void a_token_for_mail() {
    hides(
        "S: 220 mail\nC: EHLO ${*}\nS: 250-mail\nS: 250 AUTH XOAUTH2\n" + ANY_LOGIN,
        "AUTH XOAUTH2(?:\r\n| )([^\r]+)",
        "-u",
        "me",
        "--oauth2-bearer",
        secret,
        "--mail-from",
        "a@b",
        "--mail-rcpt",
        "b@c",
        "smtp://127.0.0.1:PORT/me");
  }

  @Test
  void the_logins_of_imap() {
    String login =
        """
        S: * OK imap
        C: A001 CAPABILITY
        S: * CAPABILITY IMAP4rev1 %s
        S: A001 OK
        when
          C: A002 LOGIN ${*}
          S: A002 OK
        when
          C: A002 AUTHENTICATE ${*:[A-Z0-9-]+}
          S: +\\s
          C: ${*}
          S: A002 OK
        C: ${*}
        S! close
        """;
    hides(login.formatted(""), ITSELF, "-u", "me:" + secret, "imap://127.0.0.1:PORT/inbox");
    hides(
        login.formatted("AUTH=PLAIN"), ITSELF, "-u", "me:" + secret, "imap://127.0.0.1:PORT/inbox");
    hides(login.formatted(""), ITSELF, "-u", "me:a \"" + secret, "imap://127.0.0.1:PORT/inbox");
  }

  @Test
  void the_logins_of_pop3() {
    String greeting = "S: +OK pop %s\nC: CAPA\nS: +OK\nS: %s\nS: .\n";
    hides(
        greeting.formatted("", "USER")
            + "C: USER me\nS: +OK\nC: PASS ${*}\nS: +OK\nC: ${*}\nS! close\n",
        ITSELF,
        "-u",
        "me:" + secret,
        "pop3://127.0.0.1:PORT/1");
    hides(
        greeting.formatted("<1896.697170952@dbc.mtview.ca.us>", "USER")
            + "C: APOP me ${*}\nS: +OK\nC: ${*}\nS! close\n",
        "APOP me ([0-9a-f]+)",
        "-u",
        "me:" + secret,
        "--login-options",
        "AUTH=+APOP",
        "pop3://127.0.0.1:PORT/1");
    hides(
        greeting.formatted("", "SASL PLAIN")
            + "C: AUTH PLAIN\nS: +\\s\nC: ${*}\nS: +OK\nC: ${*}\nS! close\n",
        ITSELF,
        "-u",
        "me:" + secret,
        "pop3://127.0.0.1:PORT/1");
  }

  @Test
  void the_login_of_ftp() {
    hides(
        "S: 220 ftp\nC: USER me\nS: 331 password\nC: PASS ${*}\nS: 332 account\nC: ACCT ${*}\nS: 230"
            + " ok\nC: PWD\nS! close\n",
        ITSELF,
        "-u",
        "me:" + secret,
        "--ftp-account",
        secret,
        "ftp://127.0.0.1:PORT/a");
  }

  @Test
  void a_bind_to_ldap() {
    hides(
        "C# ${*:39 bytes}\nS# 30 0c 02 01 01 61 07 0a 01 31 04 00 04 00\nC: ...\n",
        ITSELF,
        "-u",
        "cn=me:" + secret,
        "ldap://127.0.0.1:PORT/dc=example");
  }

  @Test
  void a_connect_of_mqtt() {
    hides(
        "C# ${*:52 bytes}\nS# 20 02 00 05\nC: ...\n",
        ITSELF,
        "-u",
        "me:" + secret,
        "mqtt://127.0.0.1:PORT/topic");
  }

  @Test
  void basic_of_rtsp() {
    hides(
        """
        C: ...
        C:
        S: RTSP/1.0 200 OK
        S: CSeq: 1
        S:
        S! close
        """,
        ITSELF,
        "-u",
        "me:" + secret,
        "rtsp://127.0.0.1:PORT/");
  }
}

package dev.partyline.internal.secrets;

import static dev.partyline.internal.secrets.SecretShapes.sent;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Messages without a secret, though many have the words that secrets are named by: those of three
 * files, and those that are made of a word and what may stand around it.
 */
final class OrdinaryMessages {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nServer: a\r\n\r\n";

  private final Map<String, Conversation> all = new LinkedHashMap<>();

  private OrdinaryMessages() {}

  /** Returns each by what is sent in it. */
  static Map<String, Conversation> all() {
    OrdinaryMessages messages = new OrdinaryMessages();
    messages.headers();
    text("json.txt").lines().forEach(messages::body);
    for (String body : text("texts.txt").split("\n=====\n", -1)) {
      messages.body(body);
    }
    for (String dialogue : text("dialogues.txt").split("\n\n", -1)) {
      messages.dialogue(dialogue);
    }
    messages.words();
    messages.settings();
    messages.commands();
    messages.frames();
    return messages.all;
  }

  private static String text(String name) {
    try (InputStream in = OrdinaryMessages.class.getResourceAsStream("ordinary/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line of the file begins with {@code >} for a request and {@code <} for a response. */
  private void headers() {
    text("headers.txt").lines().forEach(line -> header(line.startsWith(">"), line.substring(2)));
  }

  private void header(boolean isRequest, String line) {
    String request = "GET / HTTP/1.1\r\nHost: a\r\n";
    if (isRequest) {
      add(line, sent(Side.CLIENT, request + line + "\r\nAccept: */*\r\n\r\n"));
    } else {
      add(
          line,
          sent(Side.CLIENT, request + "\r\n"),
          sent(Side.SERVER, "HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 0\r\n\r\n"));
    }
  }

  private void body(String body) {
    add(body, sent(Side.SERVER, ANSWER + latin1(body)));
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Each line is sent by the side that it begins with. */
  private void dialogue(String dialogue) {
    add(
        dialogue,
        dialogue
            .lines()
            .map(
                line ->
                    sent(
                        line.startsWith("C") ? Side.CLIENT : Side.SERVER,
                        line.substring(3) + "\r\n"))
            .toArray(Event[]::new));
  }

  private void add(String name, Event... events) {
    all.put(name, Conversation.of(List.of(events)));
  }

  private void words() {
    String[] words = {
      "Hello",
      "world",
      "the",
      "quick",
      "brown",
      "fox",
      "jumps",
      "lazy",
      "dog",
      "Networking",
      "don't",
      "e-mail",
      "naïve",
      "Straße",
      "U.S.A.",
      "3.14",
      "42",
      "mp3",
      "IPv6",
      "C++",
      "wi-fi",
      "HTTP",
      "JavaScript",
      "iPhone",
      "getUserName",
      "max_value",
      "#tag",
      "@ada",
      "...",
      "→"
    };
    for (String word : words) {
      body("{\"token\":\"" + word + "\"}");
      body("{\"tokens\":[{\"token\":\"" + word + "\",\"start_offset\":0,\"position\":1}]}");
      body("{\"tokens\":[\"a\",\"" + word + "\"]}");
      body("{\"session\":\"" + word + "\"}");
    }
    for (String field : new String[] {"password", "new_password", "token", "secret", "api_key"}) {
      for (String error :
          new String[] {
            "is required",
            "can't be blank",
            "must not be empty",
            "is too short (minimum is 8 characters)",
            "This field is required.",
            "Ensure this field has at least 8 characters.",
            "is invalid"
          }) {
        body("{\"errors\":{\"" + field + "\":[\"" + error + "\"]}}");
        body("{\"" + field + "\":\"" + error + "\"}");
      }
    }
  }

  private void settings() {
    for (String count :
        new String[] {
          "max_tokens",
          "total_tokens",
          "prompt_tokens",
          "tokens",
          "sessions",
          "session_count",
          "token_limit",
          "password_length",
          "min_password_length",
          "secret_count",
          "maxSessions",
          "cookies_count",
          "signatures",
          "failed_passwords",
          "credentials_count",
          "sid",
          "session"
        }) {
      body("{\"" + count + "\":" + (17 + all.size() % 1000) + "}");
      body(count + ": " + (17 + all.size() % 1000) + "\n");
      body(count + "=" + (17 + all.size() % 1000) + "\n");
      body(count + "_total{job=\"api\"} " + all.size() + "\n");
      body("GET /list?" + count + "=12&sort=asc\n");
    }
    for (String flag :
        new String[] {
          "password_reset_required",
          "passwordChanged",
          "token_expired",
          "secret_enabled",
          "use_session",
          "cookie_secure",
          "csrf_protection",
          "auth",
          "auth_required",
          "mfa_otp",
          "pin",
          "pin_required",
          "signature_valid",
          "has_password",
          "password"
        }) {
      for (String value : new String[] {"true", "false", "null"}) {
        body("{\"" + flag + "\":" + value + "}");
        body(flag + ": " + value + "\n");
      }
    }
    for (String endpoint :
        new String[] {
          "token",
          "revocation",
          "introspection",
          "authorization",
          "end_session",
          "userinfo",
          "registration",
          "device_authorization",
          "pushed_authorization_request"
        }) {
      body("{\"" + endpoint + "_endpoint\":\"https://id.example/oauth2/" + endpoint + "\"}");
    }
    for (String name :
        new String[] {"Authorization", "Cookie", "X-Auth-Token", "X-Api-Key", "X-Session-Id"}) {
      header(false, "Access-Control-Allow-Headers: Accept, " + name);
      header(false, "Vary: Accept, " + name);
      header(true, "Access-Control-Request-Headers: accept," + name.toLowerCase(Locale.ROOT));
      body("The header " + name + " is missing.");
      body("{\"in\":\"header\",\"name\":\"" + name + "\"}");
      body("proxy_set_header " + name + " \"\";");
    }
  }

  private void commands() {
    for (String command :
        ("APPEND BITCOUNT BLPOP COPY DBSIZE DECR DEL DUMP ECHO EXISTS EXPIRE GEOADD GET GETDEL"
                + " GETSET HDEL HGET HGETALL HINCRBY HKEYS HLEN HSET INCR KEYS LINDEX LLEN LPOP"
                + " LPUSH LRANGE MEMORY MGET MSET OBJECT PERSIST PFADD PUBLISH RENAME RPUSH SADD"
                + " SCAN SCARD SELECT SETEX SETNX SINTER SISMEMBER SMEMBERS SORT SPOP STRLEN"
                + " SUBSCRIBE TOUCH TTL TYPE UNLINK WATCH XADD XLEN XRANGE ZADD ZCARD ZRANGE")
            .split(" ", -1)) {
      String key = "session:" + command.length();
      add(command, sent(Side.CLIENT, command + " token:hello 3\r\n"));
      add(
          "*2 " + command,
          sent(
              Side.CLIENT,
              "*2\r\n$" + command.length() + "\r\n" + command + "\r\n$9\r\n" + key + "\r\n"),
          sent(Side.SERVER, "$5\r\nvalue\r\n"));
    }
    for (String method : "GET HEAD POST PUT PATCH DELETE OPTIONS".split(" ", -1)) {
      for (String target :
          new String[] {"/token", "/session/3", "/users?sort=name", "/password/reset", "/auth"}) {
        String line = method + " " + target + " HTTP/1.1";
        add(line, sent(Side.CLIENT, line + "\r\nHost: a\r\n\r\n"));
      }
    }
  }

  private void frames() {
    for (String method :
        new String[] {
          "grpc.health.v1.Health/Check",
          "shop.v1.Sessions/Open",
          "shop.v1.Tokens/Count",
          "auth.v1.Auth/Password",
          "google.pubsub.v1.Publisher/Publish"
        }) {
      all.put("HTTP/2 " + method, LoginPackets.http2(true, ":path", "/" + method));
      all.put("HTTP/2 plain " + method, LoginPackets.http2(false, "x-method", method));
    }
    for (String line : List.of("vary: cookie", "x-tokens: 3", "x-session: none")) {
      String[] field = line.split(": ", -1);
      all.put("HTTP/2 " + line, LoginPackets.http2(true, field[0], field[1]));
    }
    text("json.txt")
        .lines()
        .limit(60)
        .forEach(body -> all.put("HTTP/2 " + body, LoginPackets.http2Body(latin1(body))));
    for (String topic : new String[] {"tokens/word", "session/3/state", "$SYS/password", "a/b"}) {
      String payload = (char) 0 + "" + (char) topic.length() + topic + "{\"session\":3}";
      add("MQTT " + topic, sent(Side.CLIENT, "0" + (char) payload.length() + payload));
    }
    for (String sql :
        new String[] {
          "SELECT 1", "SELECT token FROM words", "SELECT password FROM users WHERE id = $1",
          "UPDATE users SET password=? WHERE id=?", "SHOW TABLES", "BEGIN"
        }) {
      add(
          "PostgreSQL " + sql,
          sent(Side.CLIENT, "Q\0\0\0" + (char) (sql.length() + 5) + sql + "\0"));
      add("MySQL " + sql, sent(Side.CLIENT, (char) (sql.length() + 1) + "\0\0\0\3" + sql));
    }
  }
}

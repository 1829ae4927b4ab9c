package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Dialogues in which a secret is sent, each in another shape; {@code %s} stands for the secret. */
final class SecretShapes {
  private static final Map<String, Function<String, Conversation>> ALL = new LinkedHashMap<>();

  static {
    httpHeaders();
    httpBodies();
    mail();
    services();
    byHand();
    binary();
    LoginShapes.all().forEach(SecretShapes::text);
    ApiShapes.all().forEach(SecretShapes::text);
  }

  private SecretShapes() {}

  static Map<String, Function<String, Conversation>> all() {
    return ALL;
  }

  private static void httpHeaders() {
    for (String header :
        List.of(
            "Authorization: Bearer %s",
            "authorization: Token %s",
            "Proxy-Authorization: Custom %s",
            "Cookie: a=%s",
            "X-Api-Key: %s",
            "X-Auth-Token: %s",
            "X-Amz-Security-Token: %s",
            "X-Vault-Token: %s",
            "PRIVATE-TOKEN: %s",
            "X-CSRF-Token: %s",
            "X-Hub-Signature-256: %s",
            "Ocp-Apim-Subscription-Key: %s",
            "Mcp-Session-Id: %s",
            "Fastly-Key: %s",
            "X-Honeycomb-Team: %s",
            "X-PAN-KEY: %s",
            "X-WP-Nonce: %s",
            "CB-ACCESS-SIGN: %s",
            "X-BAPI-SIGN: %s",
            "X-Shopify-Hmac-Sha256: %s",
            "X-Signature-Ed25519: %s",
            "X-Client-Secret: %s",
            "Authorization: Digest username=\"u\",\r\n response=\"%s\"")) {
      text(
          "HTTP/1 " + header,
          "C:GET / HTTP/1.1\r\nHost: a\r\n" + header + "\r\nAccept: */*\r\n\r\n");
    }
    for (String header :
        List.of("Set-Cookie: sid=%s; Path=/", "Set-Cookie2: a=%s", "X-Session-Token: %s")) {
      text(
          "HTTP/1 " + header,
          "C:GET / HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK\r\n"
              + header
              + "\r\nContent-Length: 0\r\n\r\n");
    }
    for (String target :
        List.of(
            "/?access_token=%s",
            "/a?b=1&api_key=%s&c=2",
            "/?X-Amz-Signature=%s",
            "/?sig=%s&se=1",
            "/?sign=%s",
            "/?sk=%s",
            "/?a=1&tk=%s",
            "/?bearer=%s",
            "/?user%%5Bpassword%%5D=%s",
            "http://user:%s@shop.example/")) {
      text("HTTP/1 GET " + target, "C:GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    text(
        "HTTP/1 Location",
        "C:GET / HTTP/1.1\r\n\r\n|S:HTTP/1.1 302 Found\r\nLocation: https://a/cb#id_token=%s\r\n\r\n");
    text("HTTP/1 Referer", "C:GET / HTTP/1.1\r\nReferer: https://a/?session_id=%s\r\n\r\n");
  }

  private static void httpBodies() {
    body("form", "application/x-www-form-urlencoded", "user=a&password=%s&b=c");
    body("form client_secret", "application/x-www-form-urlencoded", "client_secret=%s");
    body("JSON", "application/json", "{\"user\": \"a\", \"password\": \"%s\"}");
    body("JSON camel case", "application/json", "{\"accessToken\":\"%s\",\"n\":1}");
    body("JSON nested", "application/json", "{\"a\":{\"credentials\":{\"secretKey\" : \"%s\"}}}");
    body("JSON array", "application/json", "{\"credentials\": [\"x\", \"%s\"]}");
    body("JSON within JSON", "application/json", "{\"m\":\"{\\\"token\\\":\\\"%s\\\"}\"}");
    body("XML element", "text/xml", "<a><password>%s</password></a>");
    body("XML with namespace", "text/xml", "<w:Password Type=\"t\">%s</w:Password>");
    body("XML attribute", "text/xml", "<user name=\"a\" password=\"%s\"/>");
    body("XML CDATA", "text/xml", "<secret><![CDATA[%s]]></secret>");
    body("HTML field", "text/html", "<input type=\"hidden\" name=\"csrf_token\" value=\"%s\">");
    body("HTML meta", "text/html", "<meta name=\"csrf-token\" content=\"%s\">");
    body(
        "multipart",
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n%s\r\n--b--\r\n");
    body(
        "PEM",
        "application/x-pem-file",
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n");
    body(
        "RSA PEM",
        "text/plain",
        "x\n-----BEGIN RSA PRIVATE KEY-----\n%s\n-----END RSA PRIVATE KEY-----\n");
    body("properties", "text/plain", "user = a\ndb.password = %s\n");
    body("YAML", "text/plain", "auth:\n  token: %s\n");
    body("URL", "text/plain", "see postgres://u:%s@db/x");
    for (String header :
        List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding:\r\n chunked",
            "TRANSFER-Encoding : gzip, Chunked")) {
      String head = header + "\r\n\r\n";
      ALL.put(
          "HTTP/1 JSON, " + header, s -> chunked(head, "", "\r\n", "{\"password\":\"" + s + "\"}"));
      ALL.put(
          "HTTP/1 form, " + header, s -> chunked(head, "0000000000", ";a=b\r\n", "a=b&token=" + s));
    }
    String chunked = "Transfer-Encoding: chunked\r\n\r\n";
    ALL.put("HTTP/1 chunks in lines with LF", s -> chunked(chunked, "", "\n", "a=b&token=" + s));
    ALL.put(
        "HTTP/1 chunks after a head with LF",
        s -> chunked("Transfer-Encoding: chunked\n\n", "0", "\n", "a=b&token=" + s));
    ALL.put(
        "WebSocket of the client",
        secret -> webSocket(Side.CLIENT, "{\"token\":\"" + secret + "\"}"));
    ALL.put(
        "WebSocket of the server",
        secret -> webSocket(Side.SERVER, "{\"token\":\"" + secret + "\"}"));
  }

  private static void mail() {
    text("SMTP AUTH PLAIN", "C:EHLO a\r\n|S:250 AUTH PLAIN\r\n|C:AUTH PLAIN %64s\r\n|S:235 ok\r\n");
    text("SMTP AUTH PLAIN in two", "C:AUTH PLAIN\r\n|S:334 \r\n|C:%64s\r\n|S:235 ok\r\n");
    text(
        "SMTP AUTH LOGIN",
        "C:AUTH LOGIN\r\n|S:334 VXNlcm5hbWU6\r\n|C:dXNl\r\n|S:334 UGFzc3dvcmQ6\r\n|C:%64s\r\n|S:235 ok\r\n|C:QUIT\r\n");
    text(
        "SMTP AUTH LOGIN not in base64",
        "C:AUTH LOGIN\r\n|S:334 a\r\n|C:u\r\n|S:334 b\r\n|C:%s\r\n|S:535 no\r\n");
    text("SMTP AUTH LOGIN at once", "C:AUTH LOGIN\r\ndXNl\r\n%64s\r\nMAIL FROM:<a>\r\n");
    text("SMTP XOAUTH2", "C:AUTH XOAUTH2 %64s\r\n|S:235 ok\r\n");
    text("SMTP CRAM-MD5", "C:AUTH CRAM-MD5\r\n|S:334 PDEyM0B4Pg==\r\n|C:%64s\r\n|S:235 ok\r\n");
    text("POP3 PASS", "S:+OK\r\n|C:USER a\r\n|S:+OK\r\n|C:PASS %s\r\n|S:+OK\r\n|C:STAT\r\n");
    text("POP3 APOP", "S:+OK <1@a>\r\n|C:APOP user %s\r\n|S:+OK\r\n");
    text("POP3 AUTH", "C:AUTH PLAIN\r\n|S:+ \r\n|C:%64s\r\n|S:+OK\r\n");
    text("IMAP LOGIN", "S:* OK\r\n|C:a1 LOGIN user %s\r\n|S:a1 OK\r\n|C:a2 LIST \"\" *\r\n");
    text("IMAP LOGIN quoted", "C:a1 LOGIN \"a user\" \"%s\"\r\n|S:a1 OK\r\n");
    text("IMAP LOGIN literal", "C:a1 LOGIN user {9}\r\n|S:+ go on\r\n|C:%s\r\n|S:a1 OK\r\n");
    text(
        "IMAP LOGIN literals",
        "C:a1 LOGIN {4}\r\n|S:+ \r\n|C:user {9}\r\n|S:+ \r\n|C:%s\r\n|S:a1 OK\r\n");
    text("IMAP AUTHENTICATE", "C:a1 AUTHENTICATE PLAIN\r\n|S:+ \r\n|C:%64s\r\n|S:a1 OK\r\n");
    text("SMTP AUTH after BDAT", "C:BDAT 7 LAST\r\n|C:a\r\nPASSAUTH PLAIN %64s\r\n|S:235 ok\r\n");
    text(
        "SMTP AUTH after a mail that LF ends",
        "C:DATA\n|S:354 go\n|C:hi\n.\nAUTH PLAIN %64s\n|S:235 ok\n");
    text("IMAP AUTHENTICATE with response", "C:a1 AUTHENTICATE PLAIN %64s\r\n|S:a1 OK\r\n");
  }

  private static void services() {
    text("Redis AUTH", "C:AUTH %s\r\n|S:+OK\r\n");
    text("Redis AUTH with user", "C:AUTH user %s\r\n|S:+OK\r\n");
    text("Redis array", "C:*3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$%d\r\n%s\r\n|S:+OK\r\n");
    text("Redis HELLO", "C:HELLO 3 AUTH user %s SETNAME a\r\n|S:+OK\r\n");
    text(
        "Redis HELLO array",
        "C:*5\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$%d\r\n%s\r\n|S:+OK\r\n");
    text("Redis requirepass", "C:CONFIG SET requirepass %s\r\n|S:+OK\r\n");
    text("Redis HSET", "C:*4\r\n$4\r\nHSET\r\n$1\r\nu\r\n$8\r\npassword\r\n$%d\r\n%s\r\n");
    text("Redis HSET on a line", "C:HSET u name ada password %s\r\n|S::2\r\n");
    text(
        "Redis HGETALL",
        "C:*2\r\n$7\r\nHGETALL\r\n$1\r\nu\r\n|S:*2\r\n$8\r\npassword\r\n$%d\r\n%s\r\n");
    text("Redis ACL", "C:ACL SETUSER a on >%s ~*\r\n|S:+OK\r\n");
    text("FTP", "S:220\r\n|C:USER a\r\n|S:331\r\n|C:PASS %s\r\n|S:230\r\n");
    text("IRC", "C:PASS %s\r\nNICK a\r\nUSER a 0 * :a\r\n");
    text("IRC NickServ", "C:PRIVMSG NickServ :IDENTIFY ada %s\r\n");
    text("IRC NickServ without a nick", "C:NICK a\r\nNS IDENTIFY %s\r\n");
    text("IRC NickServ, ghost", "C:nickserv ghost ada %s\r\n");
    text("STOMP", "C:CONNECT\nlogin:a\npasscode:%s\n\n\0");
    text(
        "NATS",
        "S:INFO {}\r\n|C:CONNECT {\"verbose\":false,\"user\":\"a\",\"pass\":\"%s\"}\r\n|S:+OK\r\n");
    text("NATS token", "C:CONNECT {\"auth_token\":\"%s\",\"lang\":\"java\"}\r\n|S:+OK\r\n");
    text("XMPP", "C:<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%64s</auth>");
    text("XMPP component", "C:<handshake>%s</handshake>|S:<handshake/>");
    text("ManageSieve", "C:AUTHENTICATE \"PLAIN\" \"%64s\"\r\n|S:OK\r\n");
  }

  /** Lines as they are typed, or sent by a client that speaks no protocol. */
  private static void byHand() {
    for (String line :
        List.of(
            "Authorization: Bearer %s",
            "password: %s",
            "password=%s",
            "db.password = %s",
            "api_key=%s",
            "token=%s",
            "user=a password=%s",
            "PASS %s",
            "AUTH %s",
            "{\"password\":\"%s\"}",
            "<password>%s</password>",
            "https://user:%s@host/",
            "GET /?token=%s")) {
      text("by hand " + line, "C:" + line + "\r\n|S:ok\r\n");
      text("by hand after a line, " + line, "C:hello\r\n|S:ok\r\n|C:" + line + "\r\n");
    }
    for (String line : List.of("token: %s", "{\"access_token\":\"%s\"}", "secret=%s")) {
      text("by hand answered, " + line, "C:hello\r\n|S:" + line + "\r\n");
    }
  }

  private static void binary() {
    ALL.put("HTTP/2 authorization", s -> LoginPackets.http2(false, "authorization", "Bearer " + s));
    ALL.put(
        "HTTP/2 authorization, Huffman",
        s -> LoginPackets.http2(true, "authorization", "Bearer " + s));
    ALL.put("HTTP/2 x-api-key, Huffman", s -> LoginPackets.http2(true, "x-api-key", s));
    ALL.put(
        "HTTP/2 path, Huffman", s -> LoginPackets.http2(true, ":path", "/a?token=" + s + "&b=c"));
    ALL.put("HTTP/2 cookie", s -> LoginPackets.http2(false, "cookie", "a=" + s));
    ALL.put("HTTP/2 body", s -> LoginPackets.http2Body("{\"password\":\"" + s + "\"}"));
    ALL.put("PostgreSQL password", LoginPackets::postgres);
    ALL.put("PostgreSQL SCRAM", LoginPackets::postgresScram);
    ALL.put("MySQL", LoginPackets::mysql);
    ALL.put("MySQL in clear", LoginPackets::mysqlClearText);
    ALL.put("MySQL, long", LoginPackets::mysqlLong);
    ALL.put("MySQL, another user", LoginPackets::mysqlChangeUser);
    ALL.put("LDAP simple", LoginPackets::ldap);
    ALL.put("LDAP SASL", LoginPackets::ldapSasl);
    ALL.put("LDAP add", s -> LoginPackets.ldapAdd("userPassword", s));
    ALL.put("LDAP modify", LoginPackets::ldapModify);
    ALL.put("LDAP add by number", s -> LoginPackets.ldapAdd("2.5.4.35", s));
    ALL.put("LDAP password modify", LoginPackets::ldapPasswordModify);
    ALL.put("MQTT 3.1.1", s -> LoginPackets.mqtt(4, s));
    ALL.put("MQTT 5", s -> LoginPackets.mqtt(5, s));
    ALL.put("MQTT 5 authentication data", LoginPackets::mqttAuthenticationData);
    ALL.put("SOCKS5", LoginPackets::socks);
    ALL.put("AMQP 0-9-1", s -> LoginPackets.amqp("AMQP\0\0\11\1", s));
    ALL.put("AMQP 0-9", s -> LoginPackets.amqp("AMQP\1\1\0\11", s));
    ALL.put("AMQP 0-8", s -> LoginPackets.amqp("AMQP\1\1\10\0", s));
    ALL.put("AMQP 0-9-1 update-secret", LoginPackets::amqpUpdateSecret);
    ALL.put("AMQP 1.0", LoginPackets::amqp1);
  }

  private static void text(String name, String dialogue) {
    ALL.put(name, secret -> dialogue(dialogue, secret));
  }

  /** A part for each bar: {@code C:} or {@code S:} and what is sent; {@code %64s} is in base64. */
  static Conversation dialogue(String dialogue, String secret) {
    String base64 =
        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.ISO_8859_1));
    List<Event> events = new ArrayList<>();
    for (String part : dialogue.split("\\|", -1)) {
      String text =
          part.substring(2)
              .replace("%64s", base64)
              .replace("%d", String.valueOf(secret.length()))
              .replace("%s", secret)
              .replace("%%", "%");
      events.add(sent(part.startsWith("C") ? Side.CLIENT : Side.SERVER, text));
    }
    return Conversation.of(events);
  }

  static Event sent(Side side, String latin1) {
    return new Event.Sent(side, 0, Bytes.of(latin1.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void body(String name, String type, String body) {
    ALL.put(
        "HTTP/1 body " + name,
        secret -> {
          String content = body.replace("%s", secret);
          return Conversation.of(
              List.of(
                  sent(
                      Side.CLIENT,
                      "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: "
                          + type
                          + "\r\nContent-Length: "
                          + content.length()
                          + "\r\n\r\n"
                          + content)));
        });
  }

  /** Each chunk has three bytes, and its size begins and ends so. */
  private static Conversation chunked(String head, String zeros, String lineEnd, String body) {
    StringBuilder text = new StringBuilder("POST / HTTP/1.1\r\n" + head);
    for (int i = 0; i < body.length(); i += 3) {
      String part = body.substring(i, Math.min(body.length(), i + 3));
      text.append(zeros).append(part.length()).append(lineEnd).append(part);
      text.append(lineEnd.equals("\n") ? "\n" : "\r\n");
    }
    return Conversation.of(List.of(sent(Side.CLIENT, text + "0\r\n\r\n")));
  }

  /** The message is cut into frames of at most five bytes. */
  private static Conversation webSocket(Side side, String message) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    byte[] key = {1, 2, 3, 77};
    for (int i = 0; i < message.length(); i += 5) {
      String part = message.substring(i, Math.min(message.length(), i + 5));
      frames.write((i == 0 ? 1 : 0) | (i + 5 >= message.length() ? 0x80 : 0));
      frames.write(part.length() | (side == Side.CLIENT ? 0x80 : 0));
      frames.writeBytes(side == Side.CLIENT ? key : new byte[0]);
      for (int j = 0; j < part.length(); j++) {
        frames.write(part.charAt(j) ^ (side == Side.CLIENT ? key[j % 4] : 0));
      }
    }
    String upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    return Conversation.of(
        List.of(
            sent(Side.CLIENT, "GET / HTTP/1.1\r\n" + upgrade),
            sent(Side.SERVER, "HTTP/1.1 101 Switching Protocols\r\n" + upgrade),
            new Event.Sent(side, 0, Bytes.of(frames.toByteArray()))));
  }
}

package dev.partyline.internal.secrets;

import java.util.LinkedHashMap;
import java.util.Map;

/** Dialogues of real APIs and programs in which a secret is sent, as {@link SecretShapes} reads. */
final class ApiShapes {
  private static final Map<String, String> ALL = new LinkedHashMap<>();
  private static final Map<String, String> PARTS = new LinkedHashMap<>();

  static {
    names();
    json();
    markup();
    forms();
    logins();
    parts();
  }

  private ApiShapes() {}

  static Map<String, String> all() {
    return ALL;
  }

  /** Returns those in which more is masked than {@code %s}. */
  static Map<String, String> ofLongerSecrets() {
    return PARTS;
  }

  private static void names() {
    for (String name :
        new String[] {
          "x-functions-key",
          "aeg-sas-key",
          "DD-APPLICATION-KEY",
          "X-License-Key",
          "X-Registry-Auth",
          "X-Goog-IAP-JWT-Assertion",
          "X-Auth-User-Service-Key",
          "X-Amz-Server-Side-Encryption-Customer-Key"
        }) {
      ALL.put("HTTP/1 " + name, "C:GET / HTTP/1.1\r\n" + name + ": %s\r\n\r\n");
    }
    for (String name :
        new String[] {
          "client_assertion",
          "code_verifier",
          "SAMLResponse",
          "password_repeat",
          "userpwd",
          "bindpw",
          "auth",
          "hmac",
          "passcode",
          "otp",
          "assertion",
          "refresh",
          "aws_secret_access_key"
        }) {
      form(name, name + "=%s&a=b");
    }
    for (String name :
        new String[] {
          "psk",
          "pword",
          "clientkey",
          "salt_key",
          "instrumentationKey",
          "seedPhrase",
          "bearer",
          "secret_id",
          "SECRET_KEY_BASE"
        }) {
      body(name, "{\"" + name + "\":\"%s\"}");
      body(name + " of a setting", name + "=%s\n");
    }
    body("recovery codes", "{\"recovery_codes\":[\"a\",\"%s\"]}");
    body("device_code", "{\"device_code\":\"%s\",\"user_code\":\"WDJB\"}");
    ALL.put("HTTP/1 WS-Security", "C:GET / HTTP/1.1\r\nX-WSSE: a PasswordDigest=\"%s\"\r\n\r\n");
  }

  private static void json() {
    body("colon on the next line", "{\r\n  \"password\"\r\n  : \"%s\"\r\n}");
    body("array with null", "{\"passwords\":[null,\"%s\"]}");
    body("array in an array", "{\"passwords\":[[\"a\",\"%s\"]]}");
    body("name and value", "[{\"name\":\"DB_PASSWORD\",\"value\":\"%s\"}]");
    body("key and value", "[{\"key\": \"password\", \"value\": \"%s\"}]");
    body("name, type and value", "{\"Name\":\"password\",\"Type\":\"a\",\"Value\":\"%s\"}");
    body("name and value of YAML", "env:\n  - name: DB_PASSWORD\n    value: %s\n  - name: A\n");
    body("quoted name and value of YAML", "- name: \"DB_PASSWORD\"\n  value: '%s'\n");
    body("map of Ruby", "{\"user\"=>{\"password\"=>\"%s\", \"a\"=>1}}");
    body("symbols of Ruby", "{:password => \"%s\"}");
    body("map of PHP", "array('password' => \"%s\")");
    body("other quotes", "{'password': \"%s\"}");
    body("serialized by PHP", "a:1:{s:8:\"password\";s:%d:\"%s\";}");
    body("serialized by PHP in JSON", "{\"a\":\"a:1:{s:8:\\\"password\\\";s:%d:\\\"%s\\\";}\"}");
    body("claim", "{\"https://a/token\":\"%s\"}");
    body(
        "JSON in JSON in JSON",
        "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"%s\\\\\\\"}\\\"}\"}");
    body("quote in JSON in JSON", "{\"a\":\"{\\\"password\\\":\\\"x\\\\\\\"%s\\\"}\"}");
    body(
        "GraphQL",
        "{\"query\":\"mutation { login(user: \\\"a\\\", password: \\\"%s\\\") { id } }\"}");
    body("JavaScript", "var c = {user: \"a\", password: \"%s\"};");
    body("URL with escaped slashes", "{\"uri\":\"https:\\/\\/user:%s@host\\/x\"}");
    body("JWK", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"a\",\"d\":\"%s\"}");
    body("JWK in a set", "{\"keys\":[{\"k\" : \"%s\", \"kty\" : \"oct\"}]}");
    for (String member : new String[] {"d", "p", "q", "dp", "dq", "qi"}) {
      body("JWK of RSA, " + member, "{\"kty\":\"RSA\",\"n\":\"a\",\"" + member + "\":\"%s\"}");
    }
    body("refresh", "{\"access\":\"a\",\"refresh\":\"%s\"}");
    body("docker", "{\"auths\":{\"registry\":{\"auth\":\"%s\"}}}");
    body(
        "Azure storage",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=%s;EndpointSuffix=core");
    body("Azure signature", "SharedAccessSignature sr=https%%3A%%2F%%2Fa&sig=%s&se=1&skn=b");
    body("list of YAML", "a:\n  - token: %s\n");
    body("deep YAML", "                            token: %s\n");
  }

  private static void markup() {
    body("CDATA on its own line", "<password>\r\n  <![CDATA[%s]]>\r\n</password>");
    body("text of a named element", "<property name=\"a.password\">%s</property>");
    body("key and value of XML", "<add key=\"password\" value=\"%s\"/>");
    body("HTML without a name", "<input type=\"password\" value=\"%s\">");
    body("HTML without quotes", "<input name=csrf_token value=%s>");
    body("HTML in capitals", "<INPUT NAME=\"password\" VALUE=\"%s\">");
    body("text area", "<textarea name=\"private_key\">%s</textarea>");
  }

  private static void forms() {
    for (String start : new String[] {"a;", "a,", "a'", "a\""}) {
      form("form with " + start, "password=" + start + "%s&x=1");
    }
    body("property with blanks", "db.password = a long %s\n");
    String disposition = "Content-Disposition: form-data; name=";
    body(
        "part with lines",
        "--b\r\n" + disposition + "\"token\"\r\n\r\na\r\n--x\r\n%s\r\n--b--\r\n");
    body("part without quotes", "--b\r\n" + disposition + "token\r\n\r\n%s\r\n--b--\r\n");
  }

  private static void parts() {
    part("eyJhbGciOiJSU0EifQ.OKOawDo13g%s.48V1_ALb6US.5eym8TW_c8S.XFBoMYUZ");
    part("https://user:p@%s@host/");
    part("{\"header\":\"Basic %64s\"}");
    part("header: Bearer  a.%s");
    part("password=a)%s&x=1");
    part("password=a#%s&x=1");
    part("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n--%s\r\n--b--\r\n");
    for (String prefix :
        new String[] {
          "whsec_",
          "xapp-",
          "AIza",
          "GOCSPX-",
          "glptt-",
          "ghp_",
          "gho_",
          "ghs_",
          "ghu_",
          "ghr_",
          "github_pat_",
          "glpat-",
          "xoxa-",
          "xoxb-",
          "xoxp-",
          "xoxr-",
          "xoxs-",
          "sk_live_",
          "rk_live_",
          "sk_test_",
          "ya29.",
          "sk-",
          "sk-proj-",
          "sk-ant-api03-",
          "npm_",
          "hf_",
          "hvs.",
          "hvb.",
          "pypi-AgEI",
          "dop_v1_",
          "dckr_pat_",
          "shpat_",
          "SG.abcdefghijklm4567.",
          "123456789:AAabcdefghijklmnopq",
          "bot123456789:AAabcdefghijklmnopq"
        }) {
      part("see " + prefix + "abcdefghijklm%s");
    }
    part("s.abcdefgHijklmn%s");
    String generated = "4f5a6b7c8d9e0f1a";
    for (String name : new String[] {"pat", "github_pat", "primaryKey", "secondary_key"}) {
      part("{\"" + name + "\":\"" + generated + "%s\"}");
    }
    for (String name : new String[] {"key", "appid"}) {
      part("https://a/?b=c&" + name + "=" + generated + "%s&d=e");
    }
    part("{\"tokens\":[\"a\",\"b4cD3e-%s\"]}");
    part("Sec-WebSocket-Protocol: base64url.bearer.authorization.k8s.io.%s, v4.channel.k8s.io");
    // The name comes after the value, so these cannot be told before all of it has come.
    part("[{\"value\":\"%s\",\"name\":\"DB_PASSWORD\"},{\"name\":\"a\"}]");
    part("- value: %s\n  name: DB_PASSWORD\n");
    part("<INPUT VALUE='%s' TYPE=PASSWORD>");
    part("RTSP/1.0 200 OK\nSession: %s;timeout=60\n");
  }

  private static void part(String body) {
    PARTS.put(body, "C:GET / HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK\r\n\r\n" + body);
  }

  private static void logins() {
    body("PGP", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n%s\n-----END PGP PRIVATE KEY BLOCK-----");
    ALL.put("SMTP with a mechanism of its own", "C:AUTH X-OWN\r\n|S:334 \r\n|C:%64s\r\n|S:235\r\n");
    ALL.put("IMAP literals at once", "C:a LOGIN {1+}\r\nu {9+}\r\n%s\r\n|S:a OK\r\n");
    ALL.put(
        "Redis requirepass, answered",
        "C:CONFIG GET requirepass\r\n|S:*2\r\n$11\r\nrequirepass\r\n$%d\r\n%s\r\n");
    ALL.put("Redis Sentinel", "C:SENTINEL SET a auth-pass %s\r\n|S:+OK\r\n");
    ALL.put(
        "XMPP SASL 2", "C:<authenticate><initial-response>%64s</initial-response></authenticate>");
  }

  private static void form(String name, String form) {
    ALL.put("HTTP/1 form " + name, "C:POST / HTTP/1.1\r\nHost: a\r\n\r\n" + form);
  }

  private static void body(String name, String body) {
    ALL.put("HTTP/1 API " + name, "C:GET / HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK\r\n\r\n" + body);
  }
}

package dev.partyline.internal.secrets;

import java.util.ArrayList;
import java.util.List;

/** Texts in which a secret is named in one of many syntaxes; {@code %s} stands for the secret. */
final class TextShapes {
  private static final List<String> ALL = new ArrayList<>();

  static {
    names();
    yaml();
    programs();
    json();
    markup();
    forms();
    sentences();
    spaced();
    escapes();
    tokens();
    longOnes();
  }

  private TextShapes() {}

  static List<String> all() {
    return ALL;
  }

  private static void add(String... texts) {
    ALL.addAll(List.of(texts));
  }

  private static void names() {
    for (String name :
        new String[] {
          "api_keys",
          "apiKeys",
          "accessKeys",
          "privateKeys",
          "secretKeys",
          "passphrases",
          "passcodes",
          "otps",
          "passwords"
        }) {
      add("{\"" + name + "\":[\"a\",\"%s\"]}");
    }
    for (String name : new String[] {"passwordBase64", "privateKeyPem", "my password"}) {
      add("{\"" + name + "\":\"%s\"}");
    }
    for (String name : new String[] {"X-Admin-Key", "X-Appwrite-Key", "X-JFrog-Art-Api"}) {
      add(name + ": %s\r\n");
    }
    add("api key: %s\n", "access token: %s", "see my password: %s", "user:a password:%s");
    add("{\"msg\":\"password: %s\"}", "{\"msg\":\"db.password = %s\"}", "password = %s\n");
  }

  private static void yaml() {
    add("\"password\": %s\n", "a:\n  'password': %s\n", "- \"password\": %s\n");
    add("{user: a, password: %s}\n", "{password: %s, user: a}\n");
    add("password:\n  %s\n", "a:\n  password:\r\n    %s\r\n", "\"password\":\n  '%s'\n");
    add("passwords:\n  - %s\n", "passwords:\n- a\n- '%s'\nb: c\n", "tokens:\n  - a\n  - \"%s\"\n");
  }

  private static void programs() {
    add("tokens = [\"%s\"]", "a = {}; a[\"password\"] = \"%s\"", "let password = `%s`");
    add("password ?= %s\n", "password := \"%s\"", "x; const PASSWORD: &str = \"%s\";");
    add("export const password: string | null = '%s'", "define('DB_PASSWORD','%s')");
    add("[[\"x-api-key\",\"%s\"]]", "[\"x\",\"--password\",\"%s\"]", "f({password: `%s`})");
  }

  private static void json() {
    add("{\"op\":\"set\",\"path\":\"/password\",\"value\":\"%s\"}");
    add("{\"name\":\"password\",\"value\":{\"stringValue\":\"%s\"}}");
    add("{\"name\":\"password\",\"value\":{ \"stringValue\" : \"%s\" }}");
    add("{\"type\":\"password\",\"value\":\"%s\"}", "{\"value\":\"%s\",\"type\":\"password\"}");
    add("{\"Name\":\"/db\",\"Type\":\"SecureString\",\"Value\":\"%s\"}");
    add("{\"tls.crt\":\"abc\",\"tls.key\":\"LS0tLS1CRUdJTiBQUklWQVRF%s\"}");
  }

  private static void markup() {
    add("<password><!-- c -->%s</password>", "<password>%s<br/></password>");
    add("<password>%s<!-- c --></password>");
    add("<property name='password'><value>%s</value></property>");
    add("<setting name=\"password\" serializeAs=\"String\">\n <value>%s</value>");
    add("<field var='password'><value>%s</value></field>");
    add("<key>password</key>\n<string>%s</string>", "<name>a.secret.key</name><value>%s</value>");
    add("<input type=\"password\" title=\"a>b\" value=\"%s\">");
  }

  private static void forms() {
    String disposition = "--b\r\nContent-Disposition: form-data;";
    add(disposition + "\r\n name=\"password\"\r\n\r\n%s\r\n--b--\r\n");
    add(disposition + " name*=utf-8''password\r\n\r\n%s\r\n--b--\r\n");
    add("postgres://u:ab/%s@h/d", "postgres://u:ab#%s@h/d", "x://u:%s?a@h");
    add("x://u:a'%s@h/d", "{\"u\":\"x://u:a\"%s@h/d\"}", "redis://:ab/%s@h");
  }

  private static void sentences() {
    add(
        "Your temporary password is: %s\n",
        "{\"text\":\"The password was reset; it is: x, password is: %s\"}");
    add("<p>Your password is: <b>%s</b></p>", "<td>Password:</td>\n<td>%s</td>");
    add("<b>Password:</b> <code class=\"c\">%s</code>");
    add("password => \"%s\"\n", "  password => '%s',\n", "f(a => 1, password => '%s')");
    add("[password] => %s\n", "Array ( [user] => a [password] => %s )");
    add("DSN=x;UID=sa;PWD={%s};", "Driver={SQL Server};Password={%s};\n");
    add("PresharedKey = %s\n", "passwordField=%s&a=b", "password_input=%s", "secretAnswer=%s");
    add("<param-name>password</param-name>\n<param-value>%s</param-value>");
    add("<Tag><Key>password</Key><Value>%s</Value></Tag>");
    add("v=0\r\na=ice-ufrag:ab\r\na=ice-pwd:%s\r\n");
    add("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%s|2^20|1:32\r\n");
    for (String name : new String[] {"access_token", "Bearer", "Authorization", "jwt"}) {
      add("GET / HTTP/1.1\r\nSec-WebSocket-Protocol: " + name + ", %s\r\n\r\n");
    }
    add("sec-websocket-protocol: graphql-ws, access_token,%s, v1\r\n");
  }

  private static void spaced() {
    add("app --password %s --verbose\n", "{\"cmd\":\"app --api-key %s\"}");
    add("FROM a\nENV API_TOKEN %s\n", "ARG DB_PASSWORD %s", "setenv API_KEY %s\r\n");
    add("machine h login ada password %s\n", "machine h\n  login ada\n  password %s\n");
    add("login ada password %s");
  }

  private static void escapes() {
    add("{\"yaml\":\"a: b\\npassword: %s\\n\"}", "{\"yaml\":\"a: b\\napi_key: %s\\n\"}");
    add("{\"a\":\"db.password = %s\\n\"}", "{\"a\":\"{\\\"b\\\":\\\"c\\\\ntoken: %s\\\\n\\\"}\"}");
    add(
        "&lt;password&gt;%s&lt;/password&gt;",
        "\"\\u003cpassword\\u003e%s\\u003c/password\\u003e\"");
    add("<a data-page=\"{&quot;password&quot;:&quot;%s&quot;}\">");
    add("&#60;password&#x3e;%s&#x3C;/password>", "\"&amp;lt;password&amp;gt;%s&amp;lt;/password\"");
  }

  private static void tokens() {
    for (String prefix :
        new String[] {
          "glft-", "glimt-", "glagent-", "xoxd-", "1//0g", "1\\/\\/0g", "dckr_oat_", "dckr_pat_"
        }) {
      add("see " + prefix + "abcdefghijklm%s");
    }
    add("see 1//03abc-defghijklm%s", "see 1234567890:AAaabcdefghijklmnopq%s");
    for (String prefix :
        new String[] {
          "xoxc-",
          "pi_3lNfc0ZhMb29gm_secret_",
          "seti_1lNfc0ZhMb29gm_secret_",
          "sess-",
          "GR1348941",
          "api_org_",
          "ABSKabcdefghijklmnopqrstuvwx",
          "https://hooks.slack.com/services/T024BE7LD/B024BE7LH/",
          "https:\\/\\/hooks.slack.com\\/services\\/T024BE7LD\\/B024BE7LH\\/"
        }) {
      add("see " + prefix + "abcdefghijklm%s.");
    }
    add("see s.abcdefgHijklmn%s.", "it is s.abcdefgHijklmn%s. \n");
    add("POST /services/T024BE7LD/B024BE7LH/abcdefghijklm%s HTTP/1.1\r\nHost: hooks.slack.com");
    add("see eyJ" + "a".repeat(5000) + ".eyJhYmM.%s");
  }

  private static void longOnes() {
    String a = "a".repeat(3000);
    add("<input type=\"password\" class=\"" + a + "\" value=\"%s\">");
    add("<input value=\"%s\" class=\"" + a + "\" name=\"password\">");
    add("<password class=\"" + a + "\">%s</password>");
    add("{\"" + "a_".repeat(100) + "password\":\"%s\"}");
    add("{\"name\":\"password\",\"description\":\"" + a + "\",\"value\":\"%s\"}");
    add("{\"value\":\"%s\",\"description\":\"" + a + "\",\"name\":\"password\"}");
  }
}

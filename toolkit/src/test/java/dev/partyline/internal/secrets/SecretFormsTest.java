package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFormsTest {
  private static String shown(String text) {
    return Redaction.standard().apply(Bytes.utf8(text)).utf8();
  }

  private static String stars(String value) {
    return "*".repeat(value.length());
  }

  static Stream<String> messagesThatSayPassword() {
    List<String> names =
        List.of(
            "PHPSESSID",
            "csrf_token",
            "password",
            "passwd",
            "secret",
            "api_key",
            "passphrase",
            "access_token",
            "pwd");
    List<String> values = List.of("hello", "letmein", "secret", "password", "Passion", "1234");
    return names.stream()
        .flatMap(name -> values.stream().map(value -> name + " " + value))
        .flatMap(
            pair -> {
              String[] words = pair.split(" ", -1);
              return Stream.of(
                      "{\"%s\":\"%s\"}",
                      "%s=%s&a=b",
                      "GET /?%s=%s HTTP/1.1",
                      "X: 1\n%s: %s\n",
                      "<%s>%s</a>",
                      "a\n%s = %s\n")
                  .map(format -> format.formatted(words[0], "⟦" + words[1] + "⟧"));
            });
  }

  @ParameterizedTest
  @MethodSource("messagesThatSayPassword")
  void a_short_word_is_masked_where_the_name_says_password(String marked) {
    String value = marked.substring(marked.indexOf('⟦') + 1, marked.indexOf('⟧'));
    assertThat(shown(marked.replace("⟦", "").replace("⟧", "")))
        .isEqualTo(marked.replace("⟦" + value + "⟧", stars(value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Passw(0)rd",
        "abc{1}",
        "a(b",
        "my.password",
        "p@ss:w0rd",
        "$ecret",
        "{SSHA}abc",
        "[abc1]",
        "50%off%",
        "#hash",
        "a;b",
        "hello;",
        "Tr0ub4dor&3"
      })
  void a_password_of_odd_characters_is_masked(String password) {
    for (String text :
        new String[] {
          "password: %s\n", "X-Api-Key: %s\r\n", "{\"password\":\"%s\"}", "user=a\npassword = %s\n"
        }) {
      if (!password.endsWith(";") || !text.contains(" = ")) {
        assertThat(shown(text.replace("%s", password)))
            .isEqualTo(text.replace("%s", stars(password)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "?token=3DZk7Qm2xR9v=|Lp4TnW8sYb12\">x</a> ~ ?token=*************|************\">x</a>",
        "?a=3Db&amp;token=3DZk7Qm2x=|R9vLp4=|TnW8 ~ ?a=3Db&amp;token=**********|******=|****",
        "quoted-printable||https://u:Zk7=|Qm2@h/ ~ quoted-printable||https://u:***=|***@h/",
        "quoted-printable||see ghp_Zk7Qm2xR9vLp=|4TnW8sYb/ ~"
            + " quoted-printable||see ****************=|********/"
      })
  void a_secret_is_masked_whose_line_a_mail_breaks(String text, String masked) {
    assertThat(shown(text.replace("|", "\r\n"))).isEqualTo(masked.replace("|", "\r\n"));
    assertThat(shown(text.replace("|", "\n"))).isEqualTo(masked.replace("|", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"recovery_codes\":[12345678, 23456789]} ~ {\"recovery_codes\":[********, ********]}",
        "{\"passwords\":[3,12345678]} ~ {\"passwords\":[3,********]}",
        "{\"otp_attempt\":\"482913\",\"mfa_code\":482913}"
            + " ~ {\"otp_attempt\":\"******\",\"mfa_code\":******}",
        "user%5Botp_attempt%5D=482913&a=b ~ user%5Botp_attempt%5D=******&a=b",
        "passwordField=hunter2&b=passwd ~ passwordField=*******&b=passwd"
      })
  void numbers_and_fields_of_secrets_are_masked(String text, String masked) {
    assertThat(shown(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user=ada&pass=⟦letmein⟧",
        "pass=⟦letmein⟧&login=ada",
        "GET /?pass=⟦letm3in⟧ HTTP/1.1",
        "{\"email\": \"a@b\", \"pass\": \"⟦letmein⟧\"}",
        "user: ada\npass: ⟦letmein⟧\n",
        "{\"db_pass\":\"⟦letmein⟧\"}",
        "{\"backup_code\":\"⟦123 456⟧\"}",
        "X: 1\nAuthorization: ⟦approved⟧\n"
      })
  void a_word_is_masked_under_the_name_of_a_pass_beside_a_user(String marked) {
    String value = marked.substring(marked.indexOf('⟦') + 1, marked.indexOf('⟧'));
    assertThat(shown(marked.replace("⟦", "").replace("⟧", "")))
        .isEqualTo(marked.replace("⟦" + value + "⟧", stars(value)));
  }

  @Test
  void a_password_is_masked_before_what_else_is_told_of_tokens() {
    assertThat(shown("{\"password\":\"hello\",\"position\":1}"))
        .isEqualTo("{\"password\":\"*****\",\"position\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: hello",
        "X-Api-Key: hello",
        "X-Auth-Token: hello",
        "X-Session-Id: hello",
        "Cookie: hello"
      })
  void a_short_word_is_masked_in_a_header_of_credentials(String header) {
    String name = header.substring(0, header.indexOf(' ') + 1);
    assertThat(shown("GET / HTTP/1.1\r\n" + header + "\r\n\r\n"))
        .isEqualTo("GET / HTTP/1.1\r\n" + name + "*****\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer secrettoken",
        "Bearer correct-horse",
        "Token letmein",
        "bearer ABCdefGHIjkl"
      })
  void a_word_is_masked_after_a_scheme(String value) {
    assertThat(shown("GET / HTTP/1.1\r\nAuthorization: " + value + "\r\n\r\n"))
        .isEqualTo("GET / HTTP/1.1\r\nAuthorization: " + stars(value) + "\r\n\r\n");
  }

  @Test
  void a_sentence_about_a_scheme_is_shown() {
    String text = "GET / HTTP/1.1\r\nAuthorization: Basic authentication is required\r\n\r\n";
    assertThat(shown(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "123456",
        "abc123",
        "dXNlcjpwYXNz",
        "550e8400-e29b-41d4-a716-446655440000",
        "7f3a9c",
        "qwertzuiopasdfghjklyxcvbnm",
        "aQ7b.x2Kc-p9Zd",
        "sha256=9f86d081884c7d65"
      })
  void what_is_no_word_is_masked_where_the_name_says_token(String value) {
    assertThat(shown("{\"token\":\"" + value + "\"}"))
        .isEqualTo("{\"token\":\"" + stars(value) + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4711", "13579246"})
  void a_pin_of_digits_is_masked(String pin) {
    assertThat(shown("{\"pin\":\"" + pin + "\"}")).isEqualTo("{\"pin\":\"" + stars(pin) + "\"}");
    assertThat(shown("{\"pin\":" + pin + "}")).isEqualTo("{\"pin\":" + stars(pin) + "}");
    assertThat(shown("pin=" + pin)).isEqualTo("pin=" + stars(pin));
  }

  @Test
  void a_pin_code_of_six_digits_is_one_of_a_place() {
    assertThat(shown("{\"pinCode\":\"4711\"}")).isEqualTo("{\"pinCode\":\"****\"}");
    assertThat(shown("{\"pinCode\":\"560001\"}")).isEqualTo("{\"pinCode\":\"560001\"}");
  }

  @Test
  void the_phrase_of_a_wallet_is_masked_under_the_name_of_an_instruction() {
    String phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    assertThat(shown("{\"mnemonic\":\"" + phrase + "\"}"))
        .isEqualTo("{\"mnemonic\":\"" + stars(phrase) + "\"}");
    assertThat(shown("{\"mnemonic\":\"mov eax ebx\"}")).isEqualTo("{\"mnemonic\":\"mov eax ebx\"}");
  }

  @Test
  void the_parameter_of_a_session_is_shown() {
    assertThat(shown("Session: 12345678;timeout=60\n")).isEqualTo("Session: ********;timeout=60\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AKIAABCDEFGHIJKLMNOP", "ASIAABCDEFGHIJKLMNOP", "s.abcdefGhijklMnopqrStu123"})
  void a_token_of_a_known_form_is_masked_in_any_text(String token) {
    assertThat(shown("see " + token + " there")).isEqualTo("see " + stars(token) + " there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery staple",
        "to be or not to be",
        "my secret garden",
        "my dog is brown",
        "Tr0ub4dor&3",
        "p@ss word",
        "(II)V",
        "hello world"
      })
  void a_password_of_several_words_is_masked(String password) {
    assertThat(shown("{\"password\":\"" + password + "\"}"))
        .isEqualTo("{\"password\":\"" + stars(password) + "\"}");
  }

  @Test
  void the_public_members_of_a_key_are_shown() {
    String key =
        "{\"kty\":\"EC\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"d\":\"%s\"}";
    assertThat(shown(key.formatted("870MB6gfuTJ4"))).isEqualTo(key.formatted("************"));
    assertThat(shown("{\"d\":\"870MB6gfuTJ4\"}")).isEqualTo("{\"d\":\"870MB6gfuTJ4\"}");
  }

  @Test
  void a_name_that_the_user_adds_is_masked_whatever_its_value_is() {
    Redaction redaction = Redaction.standard().fields("token");
    assertThat(redaction.apply(Bytes.utf8("{\"token\":\"Hello\",\"token\":\"none\"}")).utf8())
        .isEqualTo("{\"token\":\"*****\",\"token\":\"****\"}");
  }

  @Test
  void a_part_of_a_form_is_found_in_the_lines_of_a_script() {
    assertThat(
            Redaction.standard()
                .apply(
                    List.of(
                        "C: --b",
                        "C: Content-Disposition: form-data; name=\"password\"",
                        "C:",
                        "C: hello",
                        "C: --b--")))
        .contains("C: *****");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          C| user=bob&password=${*:9 bytes}          ~ C| user=bob&password=${*:9 bytes}
          C: PASS ${pw:[a-z]{3} \\}x}                ~ C: PASS ${pw:[a-z]{3} \\}x}
          C: Authorization: Bearer ${token}          ~ C: Authorization: *******${token}
          C: {"password":"ab${rest:4 bytes}"}        ~ C: {"password":"**${rest:4 bytes}"}
          C# ${id:2 bytes}                           ~ C# ${id:2 bytes}
          C: PASS a${                                ~ C: PASS ***
          C# "PASS ab" 0d 0a ${id:2 bytes} ?? # why  ~ C# "PASS **" 0d 0a ${id:2 bytes} ?? # why
          C# "PASS " 61 ${pw:2 bytes} 62 0d0a        ~ C# "PASS " 2a ${pw:2 bytes} 2a 0d0a
          C# "PASS a\\"b" 0d0a                         ~ C# "PASS ***" 0d0a
          """)
  void a_placeholder_stays_whole(String line, String masked) {
    assertThat(Redaction.standard().apply(line)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '`',
      textBlock =
          """
          S: {"m":"{\\\\"token\\\\":\\\\"abc123\\\\"}"}  =  S: {"m":"{\\\\"token\\\\":\\\\"******\\\\"}"}
          C| a\\r\\nCookie: b\\u{e9}c\\r\\n\\x41        =  C| a\\r\\nCookie: ****\\r\\n\\x41
          C: {"password":\\s"\\${a}\\...\\x41"}         =  C: {"password":\\s"********"}
          C: {"password":"\\q1"}                        =  C: {"password":"***"}
          """)
  void a_secret_is_found_behind_the_escapes_of_a_script(String line, String masked) {
    assertThat(Redaction.standard().apply(line)).isEqualTo(masked);
  }
}

package dev.partyline.internal.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Puts a page together from its style, its body, its data and its script, all of them in the page.
 *
 * <p>The browser runs this script and those it loads, uses this style, and loads nothing else: the
 * Content-Security-Policy names both by their hashes (CSP Level 3, 2.3.1).
 */
public final class PageShell {
  private PageShell() {}

  /**
   * Returns a page.
   *
   * @param body the name of the resource with its elements
   * @param styles the names of the resources with its style
   * @param scripts the names of the resources with its script, which share one scope
   * @param data what the script shows, as {@link JsonWriter} writes it
   */
  public static String html(
      String body, List<String> styles, List<String> scripts, JsonWriter data) {
    String style = join(styles);
    String script = "(() => {\n\"use strict\";\n" + join(scripts) + "})();\n";
    String policy =
        "default-src 'none'; script-src "
            + hash(script)
            + " 'strict-dynamic'; style-src "
            + hash(style)
            + "; base-uri 'none'; form-action 'none';"
            + " require-trusted-types-for 'script'; trusted-types partyline";
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\""
        + policy
        + "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Partyline</title>\n<style>"
        + style
        + "</style>\n</head>\n"
        + resource(body)
        + "<script type=\"application/json\" id=\"data\">"
        + data
        + "</script>\n<script>"
        + script
        + "</script>\n</body>\n</html>\n";
  }

  private static String join(List<String> names) {
    return String.join("", names.stream().map(PageShell::resource).toList());
  }

  private static String resource(String name) {
    try (InputStream in = PageShell.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

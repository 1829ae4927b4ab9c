package dev.partyline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.internal.secrets.Outputs;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.script.Script;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a real client sends with a secret of ours in it, and what is shown of that. */
final class SecretTraffic {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final Random RANDOM = new Random(20_260_720);

  private static final Pattern PORT = Pattern.compile("PORT");

  private SecretTraffic() {}

  /** Returns a secret that nothing else is like. */
  static String secret() {
    StringBuilder secret = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      secret.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return secret.toString();
  }

  /**
   * Lets a program talk to a listener, and checks that nothing shows the secret.
   *
   * @param script what the listener plays
   * @param sent what the client sends in place of the secret, if it is not the secret itself: an
   *     expression whose groups are masked
   * @param command the program and its arguments, in which {@code PORT} is the listener's
   */
  static void assertHidden(String script, String secret, String sent, String... command) {
    Listener listener = Listener.playing(Script.parse(script)).start();
    String failure;
    try {
      run(listener.port(), command);
      assertHidden(listener, secret, sent);
      assertThat(FailureText.of(listener)).doesNotContain(secret);
    } finally {
      failure = String.valueOf(catchThrowable(listener::close));
    }
    assertThat(failure).doesNotContain(secret);
  }

  static void run(int port, String... command) {
    String[] arguments = new String[command.length - 1];
    for (int i = 1; i < command.length; i++) {
      arguments[i - 1] = PORT.matcher(command[i]).replaceAll(String.valueOf(port));
    }
    Program.run("", command[0], (Object[]) arguments);
  }

  static void assertHidden(Tap tap, String secret, String sent) {
    assertHidden((Recorded) tap, secret, sent);
  }

  private static void assertHidden(Recorded peer, String secret, String sent) {
    List<String> wasSent = new ArrayList<>();
    for (Conversation conversation : peer.recording().conversations()) {
      List<String> texts = encodings(secret);
      texts.addAll(found(conversation, sent));
      texts.stream().filter(text -> isIn(conversation, text)).forEach(wasSent::add);
      List<String> outputs = new ArrayList<>(Outputs.of(conversation));
      if (encodings(secret).stream().anyMatch(text -> isIn(conversation, text))) {
        outputs.addAll(Outputs.failures(conversation, secret));
      }
      outputs.add(peer.toString());
      outputs.add(peer.recording().toString());
      Outputs.assertHidden(outputs, texts);
    }
    assertThat(wasSent).as("secrets in %s", shown(peer)).isNotEmpty();
  }

  private static String shown(Recorded peer) {
    return Transcript.exact(peer.recording());
  }

  private static boolean isIn(Conversation conversation, String text) {
    return text(conversation, Side.CLIENT).contains(text)
        || text(conversation, Side.SERVER).contains(text);
  }

  private static String text(Conversation conversation, Side side) {
    return new String(conversation.bytes(side).toArray(), StandardCharsets.ISO_8859_1);
  }

  private static List<String> found(Conversation conversation, String expression) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(expression).matcher(text(conversation, Side.CLIENT));
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        found.add(matcher.group(group));
      }
    }
    found.removeIf(text -> text == null || text.length() < 6);
    return found;
  }

  /** Returns how a secret may read: as it is, in hex, and in base64 wherever it begins. */
  private static List<String> encodings(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.ISO_8859_1);
    List<String> all = new ArrayList<>(List.of(secret, HexFormat.of().formatHex(bytes)));
    for (String before : List.of("", "a", "aa")) {
      // Three bytes are four characters, so that those in the middle depend on the secret alone.
      String encoded =
          Base64.getEncoder()
              .encodeToString((before + secret).getBytes(StandardCharsets.ISO_8859_1));
      all.add(encoded.substring(before.isEmpty() ? 0 : 4, encoded.length() - 4));
    }
    return all;
  }
}

package dev.partyline.replay;

import dev.partyline.internal.files.TextFile;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.script.Script;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running cassette: a tap in front of the real server, or of a listener that plays the file.
 *
 * <p>A test ends it by {@link #complete}, when all else has passed, and by {@link #close}.
 */
public final class CassetteSession implements AutoCloseable {
  /** How long what the client has sent last may be on its way. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String MASKED =
      "secrets are masked in the file: where the length of one is sent, another must be as long,"
          + " and what is computed from one must be as it was; a cassette that is exact has them";

  private final Path file;
  private final CassetteOptions options;
  private final Tap tap;
  private final @Nullable Listener listener;
  private final List<String> advice;

  /** What has the file in {@link RecordedFiles}. */
  private final Object test;

  private CassetteSession(
      Path file,
      CassetteOptions options,
      Tap tap,
      @Nullable Listener listener,
      List<String> advice,
      Object test) {
    this.file = file;
    this.options = options;
    this.tap = tap;
    this.listener = listener;
    this.advice = advice;
    this.test = test;
  }

  static CassetteSession recording(
      Path file, CassetteOptions options, Supplier<TapSpec> server, Object test) {
    Tap tap = options.recordingTap(server.get()).start();
    return new CassetteSession(file, options, tap, null, List.of(), test);
  }

  static CassetteSession replaying(Path file, CassetteOptions options) {
    Script script = Script.load(file);
    if (script.steps().isEmpty()) {
      throw new IllegalStateException(
          "cassette ("
              + file
              + ") has no lines to replay: delete it, or record it anew by"
              + " -Dpartyline.cassette=always");
    }
    Listener listener = options.listener(script).start();
    try {
      Tap tap = options.replayingTap(listener).start();
      return new CassetteSession(file, options, tap, listener, advice(file), listener);
    } catch (RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Returns the tap, to which the client connects. */
  public Tap tap() {
    return tap;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns whether the file is replayed rather than recorded. */
  public boolean isReplaying() {
    return listener != null;
  }

  /** Returns the listener that plays the file; empty if it is recorded. */
  public Optional<Listener> listener() {
    return Optional.ofNullable(listener);
  }

  /**
   * Saves the recording so far, or checks that the client has done in the replay all that it did
   * before. The file is written whole or not at all.
   *
   * @throws AssertionError if the client did something else in the replay
   * @throws IllegalStateException if the recording cannot be replayed, such as for TLS that was not
   *     decrypted, or another test has recorded the file in this JVM
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void complete() {
    if (listener == null) {
      save();
    } else {
      check(listener);
    }
  }

  private void save() {
    String text = text();
    RecordedFiles.add(file, test);
    TextFile.write(file, text);
  }

  /**
   * Returns the text of the file as {@link #complete} would write it now, or as it is replayed.
   *
   * @throws IllegalStateException if the recording cannot be replayed
   */
  public String text() {
    if (listener != null) {
      return TextFile.read(file);
    }
    tap.drainInput();
    Optional<Transport> other =
        tap.recording().conversations().stream()
            .map(Conversation::transport)
            .filter(transport -> transport != options.replayTransport())
            .findFirst();
    if (other.isPresent()) {
      throw new IllegalStateException(
          "cassette ("
              + file
              + ") was recorded over "
              + other.get()
              + ", and would be replayed over "
              + options.replayTransport()
              + ", because there is no server to tell: set the transport");
    }
    try {
      return options.text(tap);
    } catch (IllegalStateException e) {
      throw new IllegalStateException("cassette (" + file + "): " + e.getMessage(), e);
    }
  }

  private void check(Listener player) {
    tap.drainInput();
    player.drainInput();
    player.recording().await(() -> isOver(player), TIMEOUT);
    if (!player.unusedBlocks().isEmpty() || !player.runs().stream().allMatch(ScriptRun::done)) {
      throw difference(player);
    }
  }

  /**
   * Tells why the client has failed, if that is known here.
   *
   * @throws AssertionError if it was reset in a replay, because it had done something else
   */
  void explain(Throwable clientFailure) {
    if (listener == null) {
      try {
        text();
      } catch (IllegalStateException e) {
        clientFailure.addSuppressed(e);
      }
    } else if (listener.runs().stream().anyMatch(ScriptRun::failed)) {
      AssertionError difference = difference(listener);
      difference.initCause(clientFailure);
      throw difference;
    }
  }

  private AssertionError difference(Listener player) {
    return new AssertionError(
        "the client did not do what is in "
            + file
            + ":\n"
            + FailureText.of(player)
            + advice.stream().map(line -> line + "\n").collect(Collectors.joining())
            + hint());
  }

  private static boolean isOver(Listener player) {
    List<ScriptRun> runs = player.runs();
    return runs.stream().anyMatch(ScriptRun::failed) || runs.stream().allMatch(ScriptRun::done);
  }

  /**
   * Returns what else to know where a replay fails: that secrets are masked in the file, and what
   * varies and is not reached by the rules; empty if it is recorded.
   */
  public List<String> advice() {
    return advice;
  }

  private static List<String> advice(Path file) {
    List<String> lines = new ArrayList<>();
    for (String line : TextFile.read(file).lines().toList()) {
      if (line.startsWith("# Masked:")) {
        lines.add(MASKED);
      } else if (line.startsWith("# No line fits") || line.startsWith("# ${")) {
        lines.add(line.substring(2));
      }
    }
    return List.copyOf(lines);
  }

  private static String hint() {
    return "if that is right, -Dpartyline.cassette=always records it anew";
  }

  /**
   * Closes the tap and what it is in front of, but not the real server. What was recorded is lost
   * unless {@link #complete} was called.
   *
   * @throws AssertionError if the tap itself failed meanwhile
   */
  @Override
  public void close() {
    try {
      tap.close();
    } finally {
      if (listener != null) {
        listener.close();
      }
    }
  }
}

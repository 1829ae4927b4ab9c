package dev.partyline.replay;

import dev.partyline.internal.files.TestResources;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.VaryingParts;
import dev.partyline.wire.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server in a file: the first run talks to the real server through a tap and saves what was sent,
 * later runs play the file and need no server.
 *
 * <pre>{@code
 * CassetteSpec.of(Path.of("src/test/resources/session.wire"))
 *     .run(() -> Tap.to(6379), tap -> new Shop(tap.host(), tap.port()).open());
 * }</pre>
 *
 * <p>The file is a wire script, {@link dev.partyline.script.transcript.ReplayScript} says how it is
 * made; it may be edited. An immutable value; each method returns a changed copy.
 */
public final class CassetteSpec {
  private static final String CI_VARIABLE = "CI";

  private final Path file;
  private final CassetteMode mode;
  private final CassetteOptions options;

  /** The name of the test; empty if it is not known. */
  private final String testName;

  private CassetteSpec(Path file, CassetteMode mode, CassetteOptions options, String testName) {
    this.file = file;
    this.mode = mode;
    this.options = options;
    this.testName = testName;
  }

  /** Returns the spec of a cassette in this file, which need not exist yet. */
  public static CassetteSpec of(Path file) {
    return new CassetteSpec(file.toAbsolutePath(), CassetteMode.ONCE, CassetteOptions.DEFAULT, "");
  }

  /**
   * Returns the spec of a cassette among the resources of a test: in {@code src/test/resources}, in
   * the folder of the class's package, or from the root if the name begins with {@code /}. With
   * {@code -Dpartyline.resources=folder} another folder stands for {@code src/test/resources}.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public static CassetteSpec of(Class<?> testClass, String name) {
    return of(TestResources.file(testClass, name));
  }

  /** Returns a spec with this mode, unless the system property says another. */
  public CassetteSpec mode(CassetteMode newMode) {
    return new CassetteSpec(file, newMode, options, testName);
  }

  /**
   * Returns a spec of the test of this name. What it has recorded, no other test of the same JVM
   * records anew, or replays in mode {@link CassetteMode#ONCE}. Without a name, each session that
   * records is a test of its own, and what was recorded may be replayed.
   */
  public CassetteSpec named(String newTestName) {
    return new CassetteSpec(file, mode, options, newTestName);
  }

  /**
   * Returns a spec of which these lines may be different each time, such as {@code "Date: ${*}"};
   * they are used when the file is recorded.
   *
   * @throws dev.partyline.script.ScriptException if one is not a line of a script
   * @throws IllegalArgumentException if one has no placeholder
   * @see VaryingParts#of
   */
  public CassetteSpec varying(String... lines) {
    return with(options.withVarying(VaryingParts.of(lines)));
  }

  /** Returns a spec that records the time of each chunk, and sends it at that time. */
  public CassetteSpec keepingTimes() {
    return with(options.withTimesKept());
  }

  /** Returns a spec with other rules for what is masked in the file and in failures. */
  public CassetteSpec redacting(Redaction redaction) {
    return with(options.withRedaction(redaction));
  }

  /**
   * Returns a spec whose file has all bytes, also those of secrets. It is for protocols in which
   * the client checks a secret of the server, and for test accounts only.
   */
  public CassetteSpec exact() {
    return with(options.withExactBytes());
  }

  /**
   * Returns a spec whose clients use this transport: in a replay there is no server to tell it. By
   * default it is TCP.
   */
  public CassetteSpec over(Transport transport) {
    return with(options.withTransport(transport));
  }

  /** Returns a spec whose tap has these options, recording and replaying. */
  public CassetteSpec tapping(UnaryOperator<TapSpec> tapOptions) {
    return with(options.withTapOptions(tapOptions));
  }

  private CassetteSpec with(CassetteOptions other) {
    return new CassetteSpec(file, mode, other, testName);
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /**
   * Opens the tap, in front of the real server or of a listener that plays the file.
   *
   * @param server the tap in front of the real server; called only to record
   * @throws IllegalStateException if there is no file, and it must not be recorded, the file has no
   *     lines or is a folder, or another test has recorded it
   * @throws dev.partyline.script.ScriptException if the file is not a script that a listener can
   *     play
   * @throws dev.partyline.wire.LoopbackException if the tap cannot be opened
   */
  public CassetteSession start(Supplier<TapSpec> server) {
    boolean inCi = "true".equalsIgnoreCase(System.getenv(CI_VARIABLE));
    CassetteMode effectiveMode = mode.orProperty();
    if (Files.isDirectory(file)) {
      throw new IllegalStateException(
          "cassette (" + file + ") is a folder: it needs the name of a file");
    }
    boolean replays = effectiveMode.replays(file, Files.isRegularFile(file), inCi);
    if (effectiveMode != CassetteMode.REPLAY && !testName.isEmpty()) {
      RecordedFiles.check(file, testName);
    }
    return replays
        ? CassetteSession.replaying(file, options)
        : CassetteSession.recording(file, options, server, test());
  }

  private Object test() {
    return testName.isEmpty() ? new Object() : testName;
  }

  /**
   * Opens the tap, has a client use it, and closes it: if the client throws nothing, the file is
   * saved, or what it did is compared with the file. If it throws after it was reset in a replay,
   * because it did something else, that is its cause.
   *
   * @param server the tap in front of the real server; called only to record
   * @param client uses the tap
   * @throws AssertionError if the client did not do in a replay what it did before, with what the
   *     client has thrown as the cause
   * @throws E what the client throws otherwise
   * @throws IllegalStateException as {@link #start}, or if the recording cannot be replayed
   */
  public <E extends Exception> void run(Supplier<TapSpec> server, TapUser<E> client) throws E {
    try (CassetteSession session = start(server)) {
      try {
        client.use(session.tap());
      } catch (Throwable e) {
        session.explain(e);
        throw e;
      }
      session.complete();
    }
  }

  /**
   * Uses a tap.
   *
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface TapUser<E extends Exception> {
    /** Has the client under test connect to the tap. */
    void use(Tap tap) throws E;
  }

  @Override
  public String toString() {
    @Nullable Transport transport = options.transport();
    return "Cassette{" + file + (transport == null ? "}" : " over " + transport + "}");
  }
}

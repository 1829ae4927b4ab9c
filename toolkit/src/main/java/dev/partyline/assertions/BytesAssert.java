package dev.partyline.assertions;

import dev.partyline.internal.secrets.MaskedBytes;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recording;
import java.util.function.Supplier;
import org.assertj.core.api.Descriptable;
import org.assertj.core.description.Description;

/**
 * Assertions on a run of bytes. Texts are taken literally, in UTF-8.
 *
 * <p>In the examples the bytes are {@code EHLO a.example}.
 */
public final class BytesAssert implements Descriptable<BytesAssert> {
  private static final Redaction REDACTION = Redaction.standard();
  private static final Recording EMPTY_RECORDING = Recording.of();

  private final CheckRunner runner;
  private final Bytes actual;

  BytesAssert(CheckRunner runner, Bytes actual) {
    this.runner = runner;
    this.actual = actual;
  }

  /** Sets the description with which a failure of the following checks begins. */
  @Override
  public BytesAssert describedAs(Description description) {
    runner.describe(description);
    return this;
  }

  /**
   * Checks that the bytes are this text.
   *
   * <pre><code>
   * assertThat(bytes).isEqualTo("EHLO a.example"); // passes
   * assertThat(bytes).isEqualTo("EHLO b.example"); // fails
   * </code></pre>
   */
  public BytesAssert isEqualTo(String text) {
    return isEqualTo(Bytes.utf8(text));
  }

  /**
   * Checks that the bytes are these.
   *
   * <pre><code>
   * assertThat(bytes).isEqualTo(Bytes.utf8("EHLO a.example")); // passes
   * assertThat(bytes).isEqualTo(Bytes.EMPTY);                  // fails
   * </code></pre>
   */
  public BytesAssert isEqualTo(Bytes bytes) {
    return check(
        actual.equals(bytes),
        () -> failure("the bytes differ").difference("received", difference(bytes, actual.size())));
  }

  /**
   * Checks that the bytes begin with this text.
   *
   * <pre><code>
   * assertThat(bytes).startsWith("EHLO "); // passes
   * assertThat(bytes).startsWith("HELO "); // fails
   * </code></pre>
   */
  public BytesAssert startsWith(String text) {
    return startsWith(Bytes.utf8(text));
  }

  /**
   * Checks that the bytes begin with these.
   *
   * <pre><code>
   * assertThat(bytes).startsWith(Bytes.hex("45 48")); // passes
   * assertThat(bytes).startsWith(Bytes.hex("48 45")); // fails
   * </code></pre>
   */
  public BytesAssert startsWith(Bytes bytes) {
    return check(
        actual.startsWith(bytes),
        () ->
            failure("the bytes begin differently")
                .difference("received", difference(bytes, Math.min(actual.size(), bytes.size()))));
  }

  /**
   * Checks that this text is somewhere in the bytes.
   *
   * <pre><code>
   * assertThat(bytes).contains("example"); // passes
   * assertThat(bytes).contains("exmaple"); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if the text is empty
   */
  public BytesAssert contains(String text) {
    return contains(Bytes.utf8(text));
  }

  /**
   * Checks that these are, one after the other, somewhere in the bytes.
   *
   * <pre><code>
   * assertThat(bytes).contains(Bytes.hex("20 61")); // passes
   * assertThat(bytes).contains(Bytes.hex("20 62")); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if there are no bytes
   */
  public BytesAssert contains(Bytes bytes) {
    Bytes wanted = WantedBytes.notEmpty(bytes);
    return check(
        actual.indexOf(wanted, 0) >= 0,
        () ->
            failure("this is not in the bytes")
                .closestMatch(
                    masked(wanted), masked(actual), ClosestMatch.find(wanted, actual, 0), ""));
  }

  /**
   * Checks how many bytes there are.
   *
   * <pre><code>
   * assertThat(bytes).hasSize(14); // passes
   * assertThat(bytes).hasSize(16); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public BytesAssert hasSize(int size) {
    ArgumentChecks.notNegative("size", size);
    return check(
        actual.size() == size,
        () ->
            failure("the count of bytes differs")
                .expectedAndReceived(Quantity.of(size, "byte"), Quantity.of(actual.size(), "byte"))
                .row("they are", REDACTION.apply(actual)));
  }

  /**
   * Checks that there are no bytes.
   *
   * <pre><code>
   * assertThat(Bytes.EMPTY).isEmpty(); // passes
   * assertThat(bytes).isEmpty();       // fails
   * </code></pre>
   */
  public BytesAssert isEmpty() {
    return hasSize(0);
  }

  private BytesAssert check(boolean holds, Supplier<FailureMessage> failure) {
    runner.check(EMPTY_RECORDING, () -> CheckResult.of(holds, false, failure));
    return this;
  }

  private static FailureMessage failure(String problem) {
    return FailureMessage.of(problem, REDACTION);
  }

  private Difference difference(Bytes expected, int endOffset) {
    return Difference.of(masked(expected), masked(actual), 0, endOffset, "");
  }

  private static MaskedBytes masked(Bytes bytes) {
    return new MaskedBytes(bytes, REDACTION.apply(bytes));
  }
}

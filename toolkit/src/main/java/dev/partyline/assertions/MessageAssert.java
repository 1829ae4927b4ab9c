package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import java.util.function.Function;

/**
 * What the asserts on a request and on a response have in common. Names of headers are compared
 * ignoring case, everything else exactly.
 */
abstract class MessageAssert<SELF> extends WaitingAssert<SELF> {

  MessageAssert(CheckRunner runner) {
    super(runner);
  }

  abstract SELF check(Function<HttpMessageChecks, CheckResult> check);

  /**
   * Checks that there is a header of this name, whatever its value.
   *
   * <pre><code>
   * assertThat(web).request().hasHeader("Host");    // passes
   * assertThat(web).request().hasHeader("Referer"); // fails
   * </code></pre>
   */
  public SELF hasHeader(String name) {
    WantedBytes.line(name);
    return check(checks -> checks.header(name));
  }

  /**
   * Checks that there is a header of this name with this value; there may be others of the name.
   *
   * <pre><code>
   * assertThat(web).request().hasHeader("accept", "text/html"); // passes
   * assertThat(web).request().hasHeader("Accept", "text/HTML"); // fails
   * </code></pre>
   *
   * @param value all of it, without white space around it; one space where it is folded
   */
  public SELF hasHeader(String name, String value) {
    WantedBytes.line(name);
    WantedBytes.line(value);
    return check(checks -> checks.header(name, value));
  }

  /**
   * Checks that there is no header of this name; with {@link #within} it waits until all headers
   * have come.
   *
   * <pre><code>
   * assertThat(web).request().hasNoHeader("Cookie"); // passes
   * assertThat(web).request().hasNoHeader("Host");   // fails
   * </code></pre>
   */
  public SELF hasNoHeader(String name) {
    WantedBytes.line(name);
    return check(checks -> checks.noHeader(name));
  }

  /**
   * Checks that there is a header of this name with this value after the last chunk of the body.
   *
   * <pre><code>
   * assertThat(web).response().hasTrailer("Checksum", "7"); // passes
   * assertThat(web).response().hasTrailer("Checksum", "8"); // fails
   * </code></pre>
   */
  public SELF hasTrailer(String name, String value) {
    WantedBytes.line(name);
    WantedBytes.line(value);
    return check(checks -> checks.trailer(name, value));
  }

  /**
   * Checks that the body is this text in UTF-8, and is whole.
   *
   * <pre><code>
   * assertThat(web).response().hasBody("hello"); // passes, in one chunk or in several
   * assertThat(web).response().hasBody("hallo"); // fails
   * </code></pre>
   */
  public SELF hasBody(String text) {
    return hasBody(Bytes.utf8(text));
  }

  /**
   * Checks that the body is these bytes, without the lines of chunks and still in its content
   * coding, and is whole.
   *
   * <pre><code>
   * assertThat(web).request().hasBody(Bytes.EMPTY);      // passes for a GET
   * assertThat(web).request().hasBody(Bytes.hex("00"));  // fails then
   * </code></pre>
   */
  public SELF hasBody(Bytes bytes) {
    return check(checks -> checks.body(bytes));
  }

  /**
   * Checks that it came whole, and breaks no rule of HTTP/1.1 that the view knows.
   *
   * <pre><code>
   * assertThat(web).request().hasNoFlaw(); // passes
   * assertThat(web).request().hasNoFlaw(); // fails without a Host
   * </code></pre>
   */
  public SELF hasNoFlaw() {
    return check(HttpMessageChecks::noFlaw);
  }

  /**
   * Checks that something in it is wrong or missing: one of its flaws prints with these words, as
   * {@link dev.partyline.view.Flaw} does.
   *
   * <pre><code>
   * assertThat(tap).response().hasFlaw("bytes of a chunk are missing"); // passes if it was cut
   * assertThat(tap).response().hasFlaw("incomplete");                   // fails if it came whole
   * </code></pre>
   *
   * @throws IllegalArgumentException if the words are empty
   */
  public SELF hasFlaw(String words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("words () must not be empty: they are in every flaw");
    }
    return check(checks -> checks.flaw(words));
  }
}

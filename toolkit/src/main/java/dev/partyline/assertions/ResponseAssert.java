package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Side;
import java.util.function.Function;

/**
 * Assertions on a final HTTP/1 response, read from the recorded bytes; responses with a status 1xx
 * before it are skipped.
 *
 * <p>Every check looks at the recording as it is then; after {@link #within} it waits. If the
 * response does not exist, it fails.
 */
public final class ResponseAssert extends MessageAssert<ResponseAssert> {
  private final ExchangeSource source;
  private final Ordinal ordinal;

  /** Whether it is the ordinal of the request. */
  private final boolean toRequest;

  ResponseAssert(CheckRunner runner, ExchangeSource source, Ordinal ordinal, boolean toRequest) {
    super(runner);
    this.source = source;
    this.ordinal = ordinal;
    this.toRequest = toRequest;
  }

  /**
   * Checks its status.
   *
   * <pre><code>
   * assertThat(web).response().hasStatus(302); // passes
   * assertThat(web).response().hasStatus(301); // fails
   * </code></pre>
   *
   * @param status from 100 to 999
   * @throws IllegalArgumentException if the status is outside that range
   */
  public ResponseAssert hasStatus(int status) {
    ArgumentChecks.inRange("status", status, 100, 999);
    return check(checks -> checks.status(status));
  }

  /**
   * Checks that it begins with this line.
   *
   * <pre><code>
   * assertThat(web).response().hasStatusLine("HTTP/1.1 302 Found"); // passes
   * assertThat(web).response().hasStatusLine("HTTP/1.1 302 found"); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if it has a line end
   */
  public ResponseAssert hasStatusLine(String line) {
    WantedBytes.line(line);
    return check(checks -> checks.startLine(line));
  }

  @Override
  ResponseAssert check(Function<HttpMessageChecks, CheckResult> check) {
    source.check(
        runner,
        exchanges ->
            toRequest
                ? exchanges.response(ordinal, check)
                : exchanges.message(Side.SERVER, ordinal, check));
    return this;
  }

  @Override
  ResponseAssert self() {
    return this;
  }

  @Override
  ResponseAssert withRunner(CheckRunner runner) {
    return new ResponseAssert(runner, source, ordinal, toRequest);
  }
}

package dev.partyline.assertions;

import dev.partyline.wire.Side;
import java.util.function.Function;

/**
 * Assertions on an HTTP/1 request, read from the recorded bytes.
 *
 * <p>Every check looks at the recording as it is then; after {@link #within} it waits. If the
 * request does not exist, it fails.
 */
public final class RequestAssert extends MessageAssert<RequestAssert> {
  private final ExchangeSource source;
  private final Ordinal ordinal;

  RequestAssert(CheckRunner runner, ExchangeSource source, Ordinal ordinal) {
    super(runner);
    this.source = source;
    this.ordinal = ordinal;
  }

  /**
   * Checks that it begins with this line.
   *
   * <pre><code>
   * assertThat(web).request().hasRequestLine("GET / HTTP/1.1"); // passes
   * assertThat(web).request().hasRequestLine("GET / HTTP/1.0"); // fails
   * </code></pre>
   *
   * @throws IllegalArgumentException if it has a line end
   */
  public RequestAssert hasRequestLine(String line) {
    WantedBytes.line(line);
    return check(checks -> checks.startLine(line));
  }

  /**
   * Checks its method.
   *
   * <pre><code>
   * assertThat(web).request().hasMethod("GET"); // passes
   * assertThat(web).request().hasMethod("get"); // fails
   * </code></pre>
   */
  public RequestAssert hasMethod(String method) {
    WantedBytes.line(method);
    return check(checks -> checks.method(method));
  }

  /**
   * Returns an assert on the final response to this request. Nothing is checked yet: if the
   * response does not exist, the first check on it fails.
   *
   * <pre><code>
   * assertThat(web).request(2).response().hasStatus(404); // passes
   * assertThat(web).request(2).response().hasStatus(200); // fails
   * </code></pre>
   */
  public ResponseAssert response() {
    return new ResponseAssert(runner.copy(), source, ordinal, true);
  }

  @Override
  RequestAssert check(Function<HttpMessageChecks, CheckResult> check) {
    source.check(runner, exchanges -> exchanges.message(Side.CLIENT, ordinal, check));
    return this;
  }

  @Override
  RequestAssert self() {
    return this;
  }

  @Override
  RequestAssert withRunner(CheckRunner runner) {
    return new RequestAssert(runner, source, ordinal);
  }
}

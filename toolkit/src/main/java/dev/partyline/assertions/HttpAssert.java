package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import java.util.Arrays;
import java.util.List;

/**
 * Assertions on HTTP/1 over one connection, or over all connections of an owner, whose messages are
 * then counted in the order in which the requests began.
 */
abstract class HttpAssert<SELF> extends WaitingAssert<SELF> {

  HttpAssert(CheckRunner runner) {
    super(runner);
  }

  abstract ExchangeSource exchangeSource();

  /**
   * Returns an assert on the only request. Nothing is checked yet: its checks fail if there is no
   * request, and if there are several.
   *
   * <pre><code>
   * // passes if curl sent one request, for the front page:
   * assertThat(web).request().hasRequestLine("GET / HTTP/1.1").hasHeader("Accept");
   * // fails then:
   * assertThat(web).request().hasNoHeader("Accept");
   * </code></pre>
   */
  public RequestAssert request() {
    return new RequestAssert(runner.copy(), exchangeSource(), Ordinal.ONLY);
  }

  /**
   * Returns an assert on one request, which may be incomplete. Nothing is checked yet: if the
   * request does not exist, the first check on it fails.
   *
   * <pre><code>
   * // passes if a second request was a POST:
   * assertThat(web).request(2).hasMethod("POST");
   * // fails if there was one request only:
   * assertThat(web).request(2).hasBody("");
   * </code></pre>
   *
   * @param number its number, from 1
   * @throws IllegalArgumentException if the number is below 1
   */
  public RequestAssert request(int number) {
    return new RequestAssert(runner.copy(), exchangeSource(), Ordinal.of(number));
  }

  /**
   * Returns an assert on the only final response. Nothing is checked yet: its checks fail if there
   * is no response, and if there are several.
   *
   * <pre><code>
   * // passes if the only answer was a redirect:
   * assertThat(web).response().hasStatus(302).hasHeader("Location", "/home");
   * // fails then:
   * assertThat(web).response().hasBody("hello");
   * </code></pre>
   */
  public ResponseAssert response() {
    return new ResponseAssert(runner.copy(), exchangeSource(), Ordinal.ONLY, false);
  }

  /**
   * Returns an assert on one final response; those with a status 1xx are not counted. Nothing is
   * checked yet: if the response does not exist, the first check on it fails.
   *
   * <pre><code>
   * // passes if the second answer was 404:
   * assertThat(web).response(2).hasStatus(404);
   * // fails then:
   * assertThat(web).response(3).hasStatus(404);
   * </code></pre>
   *
   * @param number its number, from 1
   * @throws IllegalArgumentException if the number is below 1
   */
  public ResponseAssert response(int number) {
    return new ResponseAssert(runner.copy(), exchangeSource(), Ordinal.of(number), false);
  }

  /**
   * Checks that exactly so many complete requests came so far, valid or not. What does not begin
   * with a request line of HTTP/1, such as HTTP/2 or TLS, is not a request.
   *
   * <pre><code>
   * // passes if curl has sent one request:
   * assertThat(web).hasRequests(1);
   * // fails then, and if the body of the second is still coming:
   * assertThat(web).hasRequests(2);
   * </code></pre>
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public SELF hasRequests(int count) {
    ArgumentChecks.notNegative("count", count);
    exchangeSource().check(runner, exchanges -> exchanges.requestCount(count));
    return self();
  }

  /**
   * Checks that requests with these lines came, one after the other; others may come between.
   *
   * <pre><code>
   * // passes if both were requested in this order:
   * assertThat(web).hasRequestsInOrder("GET /a", "POST /b HTTP/1.1");
   * // fails then:
   * assertThat(web).hasRequestsInOrder("POST /b", "GET /a");
   * </code></pre>
   *
   * @param lines request lines; the version may be left out
   * @throws IllegalArgumentException if there are no lines, or one is empty or has a line end
   */
  public SELF hasRequestsInOrder(String... lines) {
    List<String> wanted = lines(lines);
    exchangeSource().check(runner, exchanges -> exchanges.inOrder(wanted));
    return self();
  }

  /**
   * Checks that requests with these lines came, each as often as it is listed, in any order; others
   * may come between.
   *
   * <pre><code>
   * // passes if GET /a came before POST /b:
   * assertThat(web).hasRequestsInAnyOrder("POST /b", "GET /a");
   * // fails if GET /a came once:
   * assertThat(web).hasRequestsInAnyOrder("GET /a", "GET /a");
   * </code></pre>
   *
   * @param lines request lines; the version may be left out
   * @throws IllegalArgumentException if there are no lines, or one is empty or has a line end
   */
  public SELF hasRequestsInAnyOrder(String... lines) {
    List<String> wanted = lines(lines);
    exchangeSource().check(runner, exchanges -> exchanges.inAnyOrder(wanted));
    return self();
  }

  private static List<String> lines(String... lines) {
    if (lines.length == 0) {
      throw new IllegalArgumentException("lines () must not be empty: use hasRequests(0)");
    }
    Arrays.stream(lines).forEach(line -> WantedBytes.notEmpty(WantedBytes.line(line)));
    return List.of(lines);
  }
}

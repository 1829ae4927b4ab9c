package dev.partyline.assertions;

import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * Soft assertions with all of {@link PartylineAssertions} and all of AssertJ: {@link #assertAll()}
 * reports all failures at the end.
 *
 * <pre><code>
 * PartylineSoftAssertions.assertSoftly(softly -&gt; {
 *   softly.assertThat(listener).hasConnections(1);
 *   softly.assertThat(listener).client().sentLine("QUIT");
 *   softly.assertThat(response.statusCode()).isEqualTo(200);
 * });
 * </code></pre>
 *
 * <p>A missing connection is reported once by each assert made from a listener, a client or a
 * recording; the checks that follow there are skipped. AssertJ's extension for JUnit puts it into a
 * field or parameter as any other soft assertions.
 */
public final class PartylineSoftAssertions extends AbstractSoftAssertions
    implements StandardSoftAssertionsProvider {

  /** Makes soft assertions without any failure yet. */
  public PartylineSoftAssertions() {}

  /**
   * Gives soft assertions to the consumer, and asserts all of them afterwards.
   *
   * @throws AssertionError if any has failed
   */
  public static void assertSoftly(Consumer<PartylineSoftAssertions> softly) {
    SoftAssertionsProvider.assertSoftly(PartylineSoftAssertions.class, softly);
  }

  /** Returns a soft assert on a peer that plays a script, such as a listener or a client. */
  public ScriptedAssert assertThat(ScriptedPeer actual) {
    return new ScriptedAssert(CheckRunner.soft(this), actual);
  }

  /** Returns a soft assert on a tap: on what came through, and on what its weather did. */
  public TapAssert assertThat(Weathered actual) {
    return new TapAssert(CheckRunner.soft(this), actual);
  }

  /** Returns a soft assert on everything in a recording. */
  public RecordedAssert assertThat(Recorded actual) {
    return new RecordedAssert(CheckRunner.soft(this), actual);
  }

  /** Returns a soft assert on a connection as it was when the conversation was taken. */
  public ConversationAssert assertThat(Conversation actual) {
    return new ConversationAssert(CheckRunner.soft(this), ConnectionChoice.of(actual));
  }

  /** Returns a soft assert on a run of bytes. */
  public BytesAssert assertThat(Bytes actual) {
    return new BytesAssert(CheckRunner.soft(this), actual);
  }
}

package dev.partyline.assertions;

import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;

/**
 * The entry to all assertions. It can be imported statically together with AssertJ's own.
 *
 * <pre><code>
 * assertThat(listener).within(ofSeconds(2)).client().sentLine("QUIT");
 * assertThat(listener).connection(1).closedBy(Side.SERVER);
 * assertThat(listener).finishedScript();
 * </code></pre>
 *
 * <p>A failure shows the conversation with its secrets masked: by the rules of the listener, client
 * or tap, or else by {@link dev.partyline.script.transcript.Redaction#standard()}. Assertions
 * compare the real bytes.
 */
public final class PartylineAssertions {
  private PartylineAssertions() {}

  /** Returns an assert on a peer that plays a script, such as a listener or a client. */
  public static ScriptedAssert assertThat(ScriptedPeer actual) {
    return new ScriptedAssert(CheckRunner.hard(), actual);
  }

  /** Returns an assert on a tap: on what came through, and on what its weather did. */
  public static TapAssert assertThat(Weathered actual) {
    return new TapAssert(CheckRunner.hard(), actual);
  }

  /** Returns an assert on everything in a recording. */
  public static RecordedAssert assertThat(Recorded actual) {
    return new RecordedAssert(CheckRunner.hard(), actual);
  }

  /** Returns an assert on a connection as it was when the conversation was taken. */
  public static ConversationAssert assertThat(Conversation actual) {
    return new ConversationAssert(CheckRunner.hard(), ConnectionChoice.of(actual));
  }

  /** Returns an assert on a run of bytes. */
  public static BytesAssert assertThat(Bytes actual) {
    return new BytesAssert(CheckRunner.hard(), actual);
  }
}

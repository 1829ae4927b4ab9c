package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.player.ConversationGenerator;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptMatch;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PrintingPropertiesTest {
  @Provide
  Arbitrary<Script> scripts() {
    return choices().map(ScriptGenerator::generate);
  }

  @Provide
  Arbitrary<Conversation> conversations() {
    return choices().map(ConversationGenerator::generate);
  }

  @Provide
  Arbitrary<Conversation> annotated() {
    return choices().map(ConversationGenerator::generateAnnotated);
  }

  private static Arbitrary<Choices> choices() {
    return Arbitraries.integers().greaterOrEqual(0).list().ofMaxSize(300).map(Choices::of);
  }

  @Property
  void aPrintedScriptParsesToItself(@ForAll("scripts") Script script) {
    assertThat(Script.parse(script.print())).isEqualTo(script);
  }

  @Property
  void printingIsAFixedPoint(@ForAll("scripts") Script script) {
    assertThat(Script.parse(script.print()).print()).isEqualTo(script.print());
  }

  @Property
  void whatIsPrintedHasNoTrailingSpaceNoControlAndNoBidirectionalMark(
      @ForAll("scripts") Script script) {
    assertThat(script.print().lines()).noneMatch(line -> line.endsWith(" "));
    assertThat(script.print().codePoints())
        .noneMatch(c -> (Character.isISOControl(c) && c != '\n') || (c >= 0x202a && c <= 0x202e))
        .noneMatch(c -> c == 0x200f || (c >= 0x2066 && c <= 0x2069));
  }

  @Property
  void anExactTranscriptReadsBackAsItsConversation(
      @ForAll("conversations") Conversation conversation) {
    assertThat(Transcript.conversation(Transcript.exact(conversation))).isEqualTo(conversation);
  }

  @Property
  void anExactTranscriptIsAScript(@ForAll("conversations") Conversation conversation) {
    String exact = Transcript.exact(conversation);
    assertThat(Script.parse(exact).print()).isEqualTo(exact);
  }

  @Property
  void aPlainTranscriptIsAScriptThatItsConversationFollows(
      @ForAll("conversations") Conversation conversation) {
    Script plain = Script.parse(Transcript.plain(conversation));
    assertThat(plain).isEqualTo(Transcript.script(conversation));
    ScriptMatch match = ScriptMatch.of(plain, conversation);
    assertThat(match.follows())
        .as(() -> plain + "\n" + FailureText.of(match, conversation, Redaction.none()))
        .isTrue();
  }

  @Property
  void notesCausesAndWhatWasDroppedAreNotCompared(@ForAll("annotated") Conversation conversation) {
    Assume.that(conversation.supersededEnds().isEmpty());
    String exact = Transcript.exact(conversation);
    assertThat(Transcript.conversation(exact)).as(exact).isEqualTo(conversation);
    String plain = Transcript.plain(conversation);
    Script parsed = Script.parse(plain);
    if (conversation.gaps().isEmpty()) {
      assertThat(parsed).as(plain).isEqualTo(Transcript.script(conversation));
    }
    assertThat((exact + plain).codePoints())
        .noneMatch(c -> (Character.isISOControl(c) && c != '\n') || c == 0x2028 || c == 0x202e);
  }

  @Property(tries = 300)
  void notesStayInRecordings(
      @ForAll("annotated") Conversation one, @ForAll("annotated") Conversation two) {
    Assume.that(one.supersededEnds().isEmpty() && two.supersededEnds().isEmpty());
    Recording recording = Recording.of(one, two);
    String exact = Transcript.exact(recording);
    assertThat(Transcript.recording(exact).conversations())
        .as(exact)
        .isEqualTo(recording.conversations());
    Conversation redacted = Redaction.standard().apply(one);
    assertThat(redacted.notes()).isEqualTo(one.notes());
    assertThat(redacted.ledger()).isEqualTo(one.ledger());
    assertThat(redacted.gaps()).isEqualTo(one.gaps());
  }

  @Property(tries = 300)
  void anExactRecordingReadsBackConnectionByConnection(
      @ForAll("conversations") Conversation one,
      @ForAll("conversations") Conversation two,
      @ForAll("conversations") Conversation three) {
    Recording recording = Recording.of(one, two, three);
    String exact = Transcript.exact(recording);
    assertThat(Transcript.recording(exact).conversations())
        .as(exact)
        .isEqualTo(recording.conversations());
  }
}

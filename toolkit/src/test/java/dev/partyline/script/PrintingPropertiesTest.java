package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PrintingPropertiesTest {
  @Provide
  Arbitrary<Script> scripts() {
    return dice().map(ScriptGenerator::any);
  }

  @Provide
  Arbitrary<Conversation> conversations() {
    return dice().map(ConversationGenerator::any);
  }

  @Provide
  Arbitrary<Conversation> remarked() {
    return dice().map(ConversationGenerator::remarked);
  }

  private static Arbitrary<Choices> dice() {
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
  void whatIsPrintedHasNoTrailingSpaceNoControlAndNoMarkOfDirection(
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
    ScriptMatch witness = ScriptMatch.of(plain, conversation);
    assertThat(witness.follows())
        .as(() -> plain + "\n" + FailureText.of(witness, conversation, Redaction.none()))
        .isTrue();
  }

  @Property
  void remarksCausesAndWhatWasDroppedAreNotCompared(@ForAll("remarked") Conversation conversation) {
    String exact = Transcript.exact(conversation);
    assertThat(Transcript.conversation(exact)).as(exact).isEqualTo(conversation);
    String plain = Transcript.plain(conversation);
    assertThat(Script.parse(plain)).as(plain).isEqualTo(Transcript.script(conversation));
    assertThat((exact + plain).codePoints())
        .noneMatch(c -> (Character.isISOControl(c) && c != '\n') || c == 0x2028 || c == 0x202e);
  }

  @Property(tries = 300)
  void remarksStayInRecordings(
      @ForAll("remarked") Conversation one, @ForAll("remarked") Conversation two) {
    Recording recording = Recording.of(one, two);
    String exact = Transcript.exact(recording);
    assertThat(Transcript.recording(exact).conversations())
        .as(exact)
        .isEqualTo(recording.conversations());
    Conversation masked = Redaction.standard().apply(one);
    assertThat(masked.notes()).isEqualTo(one.notes());
    assertThat(masked.ledger()).isEqualTo(one.ledger());
    assertThat(masked.gaps()).isEqualTo(one.gaps());
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

package dev.partyline.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of every view, whatever was said. */
class ProtocolViewLawsTest {
  @Property(tries = 300)
  void howAStreamWasSplitChangesNothing(
      @ForAll Corpus corpus,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 40) Integer> sizes) {
    ConversationBuilder whole =
        ConversationBuilder.tcp().client(corpus.client()).server(corpus.server());
    ConversationBuilder split = ConversationBuilder.tcp();
    chunks(corpus.client(), sizes, split, true);
    chunks(corpus.server(), sizes, split, false);
    ProtocolView<?> expected = corpus.view(whole.conversation());
    ProtocolView<?> actual = corpus.view(split.conversation());
    assertThat(expected.flaws()).isEmpty();
    assertThat(actual).hasToString(expected.toString());
    assertThat(actual.parts).isEqualTo(expected.parts);
  }

  @Property(tries = 300)
  void whatIsCutOffShowsAtItsEndAndChangesNothingAhead(
      @ForAll Corpus corpus, @ForAll @IntRange(max = 400) int size) {
    int kept = Math.min(size, corpus.client().size());
    ConversationBuilder whole =
        ConversationBuilder.tcp().server(corpus.server()).client(corpus.client());
    ConversationBuilder cut =
        ConversationBuilder.tcp().server(corpus.server()).client(corpus.client().slice(0, kept));
    List<?> all = corpus.view(whole.conversation()).parts;
    List<?> parts = corpus.view(cut.conversation()).parts;
    assertThat(corpus.view(cut.conversation()).flaws())
        .extracting(Flaw::kind)
        .doesNotContain(Flaw.Kind.MALFORMED);
    // A block of header fields that is cut is not decoded, and a head that is cut opens nothing.
    assertThat(parts.stream().map(Object::toString).map(ProtocolViewLawsTest::head).toList())
        .isSubsetOf(all.stream().map(Object::toString).map(ProtocolViewLawsTest::head).toList());
  }

  private static String head(String line) {
    return line.replaceAll(" \\| :.*", "");
  }

  private static void chunks(
      Bytes said, List<Integer> sizes, ConversationBuilder chat, boolean client) {
    int at = 0;
    for (int i = 0; at < said.size(); i++) {
      int end = i < sizes.size() ? Math.min(said.size(), at + sizes.get(i)) : said.size();
      Bytes chunk = said.slice(at, end);
      var unused = client ? chat.client(chunk) : chat.server(chunk);
      at = end;
    }
  }
}

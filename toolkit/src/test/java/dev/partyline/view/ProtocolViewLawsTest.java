package dev.partyline.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every view, whatever was sent. */
class ProtocolViewLawsTest {
  @Property(tries = 300)
  void howAStreamWasSplitChangesNothing(
      @ForAll Corpus corpus,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 40) Integer> sizes) {
    ConversationBuilder wholeBuilder =
        ConversationBuilder.tcp().client(corpus.client()).server(corpus.server());
    ConversationBuilder splitBuilder = ConversationBuilder.tcp();
    chunks(corpus.client(), sizes, splitBuilder, true);
    chunks(corpus.server(), sizes, splitBuilder, false);
    ProtocolView<?> expected = corpus.view(wholeBuilder.conversation());
    ProtocolView<?> actual = corpus.view(splitBuilder.conversation());
    assertThat(expected.flaws()).isEmpty();
    assertThat(actual).hasToString(expected.toString());
    assertThat(parts(actual)).isEqualTo(parts(expected));
  }

  @Property(tries = 300)
  void whatIsCutOffShowsAtItsEndAndChangesNothingAhead(
      @ForAll Corpus corpus, @ForAll @IntRange(max = 400) int size) {
    int cutSize = Math.min(size, corpus.client().size());
    ConversationBuilder wholeBuilder =
        ConversationBuilder.tcp().server(corpus.server()).client(corpus.client());
    ConversationBuilder truncatedBuilder =
        ConversationBuilder.tcp().server(corpus.server()).client(corpus.client().slice(0, cutSize));
    List<Object> all = parts(corpus.view(wholeBuilder.conversation()));
    List<Object> parts = parts(corpus.view(truncatedBuilder.conversation()));
    assertThat(corpus.view(truncatedBuilder.conversation()).flaws())
        .extracting(Flaw::kind)
        .doesNotContain(Flaw.Kind.MALFORMED);
    // Header fields that are cut off are not decoded, and a head that is cut off begins no message.
    assertThat(parts.stream().map(Object::toString).map(ProtocolViewLawsTest::head).toList())
        .isSubsetOf(all.stream().map(Object::toString).map(ProtocolViewLawsTest::head).toList());
  }

  private static List<Object> parts(ProtocolView<?> view) {
    List<Object> parts = new ArrayList<>();
    view.forEach(parts::add);
    return parts;
  }

  private static String head(String line) {
    return line.replaceAll(" \\| :.*", "");
  }

  private static void chunks(
      Bytes bytes, List<Integer> sizes, ConversationBuilder builder, boolean client) {
    int start = 0;
    for (int i = 0; start < bytes.size(); i++) {
      int end = i < sizes.size() ? Math.min(bytes.size(), start + sizes.get(i)) : bytes.size();
      Bytes chunk = bytes.slice(start, end);
      var unused = client ? builder.client(chunk) : builder.server(chunk);
      start = end;
    }
  }
}

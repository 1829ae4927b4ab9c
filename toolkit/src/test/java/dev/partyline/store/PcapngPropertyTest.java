package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What tshark follows is what was recorded, whatever it was. */
class PcapngPropertyTest {
  private static final int CONVERSATIONS = 60;

  @Property(tries = 4)
  void tsharkFollowsEachConversationWithoutAWarning(@ForAll long seed) throws IOException {
    Recording recording = RandomRecording.of(seed, CONVERSATIONS);
    Path file = Files.createTempFile("partyline", ".pcapng");
    try {
      Pcapng.write(recording.exact(), file);

      assertThat(Tshark.warnings(file)).isSubsetOf("Connection reset (RST)");
      List<Map<Side, Bytes>> streams = Tshark.follow(file, "tcp", CONVERSATIONS);
      assertThat(streams).isEqualTo(recording.conversations().stream().map(c -> sides(c)).toList());
    } finally {
      Files.delete(file);
    }
  }

  private static Map<Side, Bytes> sides(Conversation conversation) {
    return Map.of(
        Side.CLIENT, conversation.bytes(Side.CLIENT), Side.SERVER, conversation.bytes(Side.SERVER));
  }
}

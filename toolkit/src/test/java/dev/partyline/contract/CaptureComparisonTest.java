package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a comparison of a recording with a capture lets pass, and what not. */
class CaptureComparisonTest {
  private static final Event FIN = new Event.Fin(Side.CLIENT, 2);
  private static final Event RST = new Event.Rst(Side.CLIENT, 2);
  private static final Event OWN_FIN = new Event.Fin(Side.SERVER, 1);

  private static Event sent(String text) {
    return new Event.Sent(Side.CLIENT, 1, Bytes.utf8(text));
  }

  private static Conversation conversation(Event... events) {
    return Conversation.of(List.of(events));
  }

  private static Set<CaptureDifference> ofReceived(Conversation recorded, Conversation captured) {
    return CaptureComparison.ofReceived(recorded, captured, Side.CLIENT);
  }

  private static Set<CaptureDifference> ofSent(Conversation recorded, Conversation captured) {
    return CaptureComparison.ofSent(recorded, captured, Side.CLIENT, false);
  }

  private static void fails(ThrowingCallable comparison) {
    assertThatThrownBy(comparison).isInstanceOf(AssertionError.class);
  }

  @Test
  void the_same_in_other_chunks_has_no_difference() {
    Conversation recorded = conversation(sent("hel"), sent("lo"), FIN);
    Conversation captured = conversation(sent("h"), sent("ello"), FIN);
    assertThat(ofReceived(recorded, captured)).isEmpty();
    assertThat(ofSent(recorded, captured)).isEmpty();
  }

  @Test
  void another_byte_fails() {
    fails(() -> ofReceived(conversation(sent("hallo")), conversation(sent("hello"))));
    fails(() -> ofSent(conversation(sent("hallo")), conversation(sent("hello"))));
  }

  @Test
  void what_was_not_received_can_only_be_what_a_reset_discarded() {
    Conversation recorded = conversation(sent("hel"), RST);
    assertThat(ofReceived(recorded, conversation(sent("hello"), RST)))
        .containsExactly(CaptureDifference.UNREAD_BYTES);
    fails(() -> ofReceived(conversation(sent("hel"), FIN), conversation(sent("hello"), FIN)));
    fails(() -> ofReceived(conversation(sent("hello"), RST), conversation(sent("hel"), RST)));
  }

  @Test
  void what_was_not_sent_can_only_be_what_a_reset_discarded() {
    assertThat(ofSent(conversation(sent("hello"), RST), conversation(sent("hel"), RST)))
        .containsExactly(CaptureDifference.UNSENT_BYTES);
    fails(() -> ofSent(conversation(sent("hello"), FIN), conversation(sent("hel"), FIN)));
    fails(() -> ofSent(conversation(sent("hel"), RST), conversation(sent("hello"), RST)));
  }

  @Test
  void an_end_that_was_not_received_can_only_come_after_ours() {
    assertThat(ofReceived(conversation(OWN_FIN), conversation(OWN_FIN, FIN)))
        .containsExactly(CaptureDifference.UNREAD_END);
    fails(() -> ofReceived(conversation(), conversation(FIN)));
    fails(() -> ofReceived(conversation(), conversation(RST)));
    fails(() -> ofReceived(conversation(FIN), conversation()));
    fails(() -> ofReceived(conversation(RST), conversation(FIN)));
  }

  @Test
  void an_end_of_ours_is_that_which_was_sent() {
    fails(() -> ofSent(conversation(FIN), conversation(RST)));
    fails(() -> ofSent(conversation(), conversation(FIN)));
    assertThat(CaptureComparison.ofSent(conversation(), conversation(FIN), Side.CLIENT, true))
        .containsExactly(CaptureDifference.UNRECORDED_END);
  }
}

package dev.partyline.report;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.List;

/**
 * A section whose secrets are masked.
 *
 * @param conversations its conversations with secrets masked, the middle of long ones left out
 * @param redaction masks the secrets of all of them in any text
 */
record MaskedSection(ReportSection section, List<Conversation> conversations, Redaction redaction) {
  private static final long MAX_BYTES = 64 << 20;
  private static final long MAX_CONVERSATION_BYTES = 4 << 20;
  private static final long MIN_CONVERSATION_BYTES = 4 << 10;

  /** Masks the sections of a report, which share what may be shown. */
  static List<MaskedSection> of(List<ReportSection> sections) {
    int count = sections.stream().mapToInt(section -> section.conversations().size()).sum();
    long maxBytes =
        Math.max(
            MIN_CONVERSATION_BYTES,
            Math.min(MAX_CONVERSATION_BYTES, MAX_BYTES / Math.max(1, count)));
    return sections.stream().map(section -> of(section, maxBytes)).toList();
  }

  private static MaskedSection of(ReportSection section, long maxBytes) {
    // What is a secret depends on what is around it, so more is looked at than is shown.
    List<Conversation> searched =
        section.conversations().stream().map(each -> each.truncatedTo(2 * maxBytes)).toList();
    Redaction all = section.redaction().across(searched);
    Redaction redaction = all;
    List<Conversation> masked = new ArrayList<>();
    for (Conversation bounded : searched) {
      masked.add(all.apply(bounded).truncatedTo(maxBytes));
      redaction = redaction.withSecretsOf(bounded);
    }
    return new MaskedSection(section, List.copyOf(masked), redaction);
  }

  /** Returns a text with the secrets of all sections masked. */
  static String mask(List<MaskedSection> sections, String text) {
    Bytes bytes = Bytes.utf8(text);
    for (MaskedSection each : sections) {
      bytes = bytes.isEmpty() ? bytes : each.redaction.apply(bytes);
    }
    return bytes.utf8();
  }
}

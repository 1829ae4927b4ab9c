package dev.partyline.loopback;

import dev.partyline.script.Script;
import org.jspecify.annotations.Nullable;

/** What a listener does with those who connect. */
sealed interface Manner {
  /** Plays a script. */
  record Plays(Script script) implements Manner {}

  /** Runs a handler. */
  record Handles(Handler handler) implements Manner {}

  /** Says nothing, in one of these ways. */
  enum Mute implements Manner {
    /** Accepts and reads. */
    SILENT("silent"),
    /** Accepts and leaves it at that. */
    NEVER_READING("never reading"),
    /** Does not even accept. */
    NEVER_ACCEPTING("never accepting"),
    /** Does not even listen. */
    REFUSING("refusing");

    final String words;

    Mute(String words) {
      this.words = words;
    }
  }

  /** Returns what {@code toString} adds, or null for a listener that answers. */
  default @Nullable String words() {
    return this instanceof Mute mute ? mute.words : null;
  }
}

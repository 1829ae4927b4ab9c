package dev.partyline.script.transcript;

import dev.partyline.wire.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event of a recording that a replay has, too.
 *
 * @param awaitedMark the mark that it waits for; null for none
 * @param mark the mark that is set after it; null for none
 */
record ReplayEvent(Event event, @Nullable String awaitedMark, @Nullable String mark) {}

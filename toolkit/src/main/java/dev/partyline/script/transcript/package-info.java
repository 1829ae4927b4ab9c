/**
 * A recording as a wire script, and back.
 *
 * <p>Begin with {@link dev.partyline.script.transcript.Transcript}. A {@link
 * dev.partyline.script.transcript.Redaction} masks secrets before a text is shown or written.
 */
@NullMarked
package dev.partyline.script.transcript;

import org.jspecify.annotations.NullMarked;

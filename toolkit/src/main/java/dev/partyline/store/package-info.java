/**
 * Recordings in files.
 *
 * <p>{@link dev.partyline.store.TranscriptFiles} has them as wire scripts, a file for each
 * connection.
 */
@NullMarked
package dev.partyline.store;

import org.jspecify.annotations.NullMarked;

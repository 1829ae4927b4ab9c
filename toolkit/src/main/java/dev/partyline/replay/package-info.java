/**
 * A server that is recorded once and replayed from a file then.
 *
 * <p>Begin with {@link dev.partyline.replay.CassetteSpec}.
 */
@NullMarked
package dev.partyline.replay;

import org.jspecify.annotations.NullMarked;

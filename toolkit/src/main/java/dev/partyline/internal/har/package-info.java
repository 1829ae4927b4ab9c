/**
 * Writes HTTP conversations as HAR: what was sent becomes exchanges, whatever the version of HTTP,
 * and these become entries.
 */
@NullMarked
package dev.partyline.internal.har;

import org.jspecify.annotations.NullMarked;

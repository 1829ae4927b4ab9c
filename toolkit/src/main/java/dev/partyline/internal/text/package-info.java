/**
 * The small vocabulary of texts that several packages share. It imports nothing of ours, and every
 * package may import it.
 */
@NullMarked
package dev.partyline.internal.text;

import org.jspecify.annotations.NullMarked;

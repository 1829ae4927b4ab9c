/** Files of recordings, read by other programs. */
@NullMarked
package dev.partyline.store;

import org.jspecify.annotations.NullMarked;

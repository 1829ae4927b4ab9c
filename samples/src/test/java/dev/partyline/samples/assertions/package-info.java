/** Assertions on what was sent, and by whom. */
@NullMarked
package dev.partyline.samples.assertions;

import org.jspecify.annotations.NullMarked;

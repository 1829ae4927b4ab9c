/** Taps in front of real servers, and the weather that they make. */
@NullMarked
package dev.partyline.samples.taps;

import org.jspecify.annotations.NullMarked;

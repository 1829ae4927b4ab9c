/** Runs of a test under conditions. */
@NullMarked
package dev.partyline.junit5.internal.hunt;

import org.jspecify.annotations.NullMarked;

/**
 * The faults that come with the toolkit, each in a file that is named as its factory in {@code
 * Fault}.
 */
@NullMarked
package dev.partyline.internal.faults;

import org.jspecify.annotations.NullMarked;

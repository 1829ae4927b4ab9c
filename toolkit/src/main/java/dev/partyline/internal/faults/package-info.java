/** The faults that come with the toolkit, each in a file of its own. */
@NullMarked
package dev.partyline.internal.faults;

import org.jspecify.annotations.NullMarked;

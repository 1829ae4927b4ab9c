/** Servers that are recorded once, and recordings that are compared with approved files. */
@NullMarked
package dev.partyline.samples.replay;

import org.jspecify.annotations.NullMarked;

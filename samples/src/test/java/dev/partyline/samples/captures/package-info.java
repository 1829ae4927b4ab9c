/** Recordings as files for other programs. */
@NullMarked
package dev.partyline.samples.captures;

import org.jspecify.annotations.NullMarked;

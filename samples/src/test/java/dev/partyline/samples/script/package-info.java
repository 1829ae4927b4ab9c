/** What a wire script can say. */
@NullMarked
package dev.partyline.samples.script;

import org.jspecify.annotations.NullMarked;

/** What a failing test shows. */
@NullMarked
package dev.partyline.samples.failures;

import org.jspecify.annotations.NullMarked;

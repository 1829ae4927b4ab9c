/** What the annotations do, and where they can stand. */
@NullMarked
package dev.partyline.samples.junit;

import org.jspecify.annotations.NullMarked;

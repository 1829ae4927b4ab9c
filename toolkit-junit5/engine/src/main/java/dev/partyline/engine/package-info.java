/**
 * What JUnit Platform finds by its service loader: the engine of the hunt, which does nothing
 * unless {@code partyline.hunt} is set.
 *
 * <p>It is no explicit module, and apart from the annotations for that reason: build tools have the
 * launcher of JUnit on the class path even where tests are modules, and an explicit module does not
 * read what is there.
 */
@NullMarked
package dev.partyline.engine;

import org.jspecify.annotations.NullMarked;

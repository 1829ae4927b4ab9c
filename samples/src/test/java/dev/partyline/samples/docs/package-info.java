/** Checks that what the documentation shows is what the recipes do. */
@NullMarked
package dev.partyline.samples.docs;

import org.jspecify.annotations.NullMarked;

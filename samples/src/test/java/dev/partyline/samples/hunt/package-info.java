/** Finding out why a test fails only sometimes. */
@NullMarked
package dev.partyline.samples.hunt;

import org.jspecify.annotations.NullMarked;

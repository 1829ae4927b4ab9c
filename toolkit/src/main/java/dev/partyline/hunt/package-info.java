/**
 * Conditions that a network can have, under which a test is run to find what fails only sometimes.
 */
@NullMarked
package dev.partyline.hunt;

import org.jspecify.annotations.NullMarked;

/**
 * Conditions that a network can have, under which a test is run to find what fails only sometimes:
 * begin with {@link dev.partyline.hunt.Conditions}. {@link dev.partyline.hunt.PassingRuns} compares
 * a run that fails with those that passed.
 */
@NullMarked
package dev.partyline.hunt;

import org.jspecify.annotations.NullMarked;

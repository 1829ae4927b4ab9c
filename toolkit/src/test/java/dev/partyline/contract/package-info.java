/**
 * What two peers can expect of a connection: one suite, run on direct loopback and through taps.
 *
 * <p>The peers are plain channels of the JDK and real programs, none of them ours; begin with
 * {@code ThroughTapTest}.
 */
@NullMarked
package dev.partyline.contract;

import org.jspecify.annotations.NullMarked;

/**
 * AssertJ assertions on what was sent: every failure shows the conversation.
 *
 * <p>Begin with {@link dev.partyline.assertions.PartylineAssertions#assertThat}; {@link
 * dev.partyline.assertions.PartylineSoftAssertions} has the same for soft assertions.
 */
@NullMarked
package dev.partyline.assertions;

import org.jspecify.annotations.NullMarked;

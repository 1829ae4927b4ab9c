/** What {@code @NoSocketLeaks} does: which sockets a test has left open, and whose they are. */
@NullMarked
package dev.partyline.junit5.internal.leaks;

import org.jspecify.annotations.NullMarked;

/** Conversations read as HTTP and as other protocols. */
@NullMarked
package dev.partyline.samples.views;

import org.jspecify.annotations.NullMarked;

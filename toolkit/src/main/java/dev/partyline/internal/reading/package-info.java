/** What the views share: reading a side, and collecting parts and flaws in order. */
@NullMarked
package dev.partyline.internal.reading;

import org.jspecify.annotations.NullMarked;

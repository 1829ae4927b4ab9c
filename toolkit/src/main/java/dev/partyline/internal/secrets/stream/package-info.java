/** What both sides sent as bytes that can be masked: whole, in layers, and as text that is read. */
@NullMarked
package dev.partyline.internal.secrets.stream;

import org.jspecify.annotations.NullMarked;

/** Listeners and clients, played by a script or driven from Java. */
@NullMarked
package dev.partyline.samples.listeners;

import org.jspecify.annotations.NullMarked;

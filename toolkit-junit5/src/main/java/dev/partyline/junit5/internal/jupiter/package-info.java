/** What Jupiter has of a test: its fields and parameters, its names, steps and what it closes. */
@NullMarked
package dev.partyline.junit5.internal.jupiter;

import org.jspecify.annotations.NullMarked;

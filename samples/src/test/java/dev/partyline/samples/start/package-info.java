/** First steps: a test, and a main method without JUnit. */
@NullMarked
package dev.partyline.samples.start;

import org.jspecify.annotations.NullMarked;

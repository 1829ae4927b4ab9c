/** An engine of JUnit that runs the tests of a suite under conditions. */
@NullMarked
package dev.partyline.junit5.internal.suite;

import org.jspecify.annotations.NullMarked;

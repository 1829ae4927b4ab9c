/** What the annotations do during a test; not for users. */
@NullMarked
package dev.partyline.junit5.internal;

import org.jspecify.annotations.NullMarked;

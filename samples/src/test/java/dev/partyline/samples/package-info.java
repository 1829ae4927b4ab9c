/** The ports tutorial as tests, one recipe a class: what is done at a prompt, a test can do. */
@NullMarked
package dev.partyline.samples;

import org.jspecify.annotations.NullMarked;

/**
 * The ports tutorial as tests, one recipe a class: what is done at a prompt, a test can do. The
 * pages of the documentation are cut from them.
 */
@NullMarked
package dev.partyline.samples;

import org.jspecify.annotations.NullMarked;

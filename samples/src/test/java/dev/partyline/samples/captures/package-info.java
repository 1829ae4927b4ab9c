/** Recordings as capture files, and capture files as recordings. */
@NullMarked
package dev.partyline.samples.captures;

import org.jspecify.annotations.NullMarked;

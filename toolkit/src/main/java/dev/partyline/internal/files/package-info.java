/** Files of a test: written whole or not at all, and the folder of its resources. */
@NullMarked
package dev.partyline.internal.files;

import org.jspecify.annotations.NullMarked;

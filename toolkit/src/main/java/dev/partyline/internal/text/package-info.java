/**
 * What several packages share: texts of addresses, durations and bytes, and checks of arguments. It
 * imports nothing of ours, and every package may import it.
 */
@NullMarked
package dev.partyline.internal.text;

import org.jspecify.annotations.NullMarked;

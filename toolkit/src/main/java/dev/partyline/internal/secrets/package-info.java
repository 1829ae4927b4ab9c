/** Where the secrets stand in what was sent: rules over what the bytes mean, each in a class. */
@NullMarked
package dev.partyline.internal.secrets;

import org.jspecify.annotations.NullMarked;

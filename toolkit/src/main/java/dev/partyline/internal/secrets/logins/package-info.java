/** The secrets that a client sends where its protocol has the login, a protocol to a file. */
@NullMarked
package dev.partyline.internal.secrets.logins;

import org.jspecify.annotations.NullMarked;

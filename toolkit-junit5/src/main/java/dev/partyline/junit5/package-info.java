/**
 * Gives a JUnit test its listeners, clients, taps and ports, holds them to their scripts, makes
 * weather, and shows what was said and on which sockets when the test fails.
 *
 * <p>Begin with {@link dev.partyline.junit5.ScriptedListener}, for code that connects to a server;
 * {@link dev.partyline.junit5.ScriptedClient} is for a server, and {@link
 * dev.partyline.junit5.Tapped} stands between both, and a server that needs a number gets it by
 * {@link dev.partyline.junit5.FreePort}. Nothing has to be registered: the annotation is enough.
 */
@NullMarked
package dev.partyline.junit5;

import org.jspecify.annotations.NullMarked;

/**
 * Gives a JUnit test its listeners, clients, taps and ports, checks that their scripts are
 * followed, makes weather, and shows the conversations and the sockets when the test fails.
 *
 * <p>Begin with {@link dev.partyline.junit5.ScriptedListener}, which tests code that connects to a
 * server. {@link dev.partyline.junit5.ScriptedClient} tests a server, {@link
 * dev.partyline.junit5.Tapped} records between a client and a server, and {@link
 * dev.partyline.junit5.FreePort} reserves a port for a server that needs its number. Nothing has to
 * be registered: the annotation is enough.
 */
@NullMarked
package dev.partyline.junit5;

import org.jspecify.annotations.NullMarked;

/**
 * Gives a JUnit test its listeners, clients and taps, holds them to their scripts, makes weather,
 * and shows what was said when the test fails.
 *
 * <p>Begin with {@link dev.partyline.junit5.ScriptedListener}, for code that connects to a server;
 * {@link dev.partyline.junit5.ScriptedClient} is for a server, and {@link
 * dev.partyline.junit5.Tapped} stands between both. Nothing has to be registered: the annotation is
 * enough.
 */
@NullMarked
package dev.partyline.junit5;

import org.jspecify.annotations.NullMarked;

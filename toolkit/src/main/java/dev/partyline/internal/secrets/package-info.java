/**
 * Where the secrets stand in what was sent. They are found in this order:
 *
 * <ol>
 *   <li>{@code SecretRules} says what is looked for, and {@code Dialogue} what both sides sent.
 *   <li>{@code ProtocolSwitch} says where that becomes another protocol; what follows is a {@code
 *       Dialogue} of its own, which is searched anew.
 *   <li>{@code SecretSearch} applies the rules. {@code BinaryLogins}, {@code RedisCommands} and
 *       {@code LoginCommands} look at what each side sent as a whole.
 *   <li>{@code SentLayers} puts together what was sent in chunks or frames: each body is a {@code
 *       Layer}, which knows where its bytes stand in what carries it.
 *   <li>In each layer {@code NamedValues} goes from one {@code :}, {@code =} and {@code >} to the
 *       next, and asks {@code SecretNames} about the name before it and {@code SecretForms} about
 *       the value; {@code SpacedValues} finds values that blanks alone part from their names,
 *       {@code KnownShapes} and {@code KnownTokens} what shows by itself, and {@code PatternRule}
 *       what the user wants.
 *   <li>Then secrets that were known before are masked. What is around a gap was masked first.
 *   <li>{@code MaskedStream} puts an asterisk for each byte and keeps the line ends; {@code
 *       MaskedConversation} is the result, with the secrets that were found.
 * </ol>
 */
@NullMarked
package dev.partyline.internal.secrets;

import org.jspecify.annotations.NullMarked;

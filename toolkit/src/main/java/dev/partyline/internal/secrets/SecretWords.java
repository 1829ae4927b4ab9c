package dev.partyline.internal.secrets;

import java.util.List;
import java.util.Set;

/** The words by which {@link SecretNames} tells a secret. */
final class SecretWords {
  /** What a name has in its last words, such as {@code X-Amz-Security-Token}. */
  static final Set<String> SECRETS =
      Set.of(
          "authorization",
          "cookie",
          "secret",
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "pwd",
          "totp",
          "cvc",
          "cvv",
          "apikey",
          "otp",
          "secrets",
          "passwords",
          "requirepass",
          "masterauth",
          "psk",
          "pword",
          "passphrases",
          "passcodes",
          "otps");

  /** What a secret is called, and much else, in the last words of a name. */
  static final Set<String> AMBIGUOUS =
      Set.of(
          "token",
          "tokens",
          "signature",
          "sig",
          "sign",
          "bearer",
          "hmac",
          "session",
          "sessionid",
          "sid",
          "credential",
          "credentials",
          "csrf",
          "xsrf",
          "jwt",
          "auth",
          "assertion",
          "cookies",
          "crumb");

  /** What a server knows its client by, and what is also counted. */
  static final List<String> COUNTED =
      List.of(
          "sessionid",
          "sessid",
          "csrftoken",
          "xsrftoken",
          "recoverycode",
          "recoverycodes",
          "backupcode",
          "backupcodes",
          "mfacode",
          "2facode",
          "twofactorcode",
          "otpattempt");

  /** What is ambiguous, but in a name that begins with {@code X-}. */
  static final Set<String> SECRETS_OF_HEADERS =
      Set.of("token", "signature", "credential", "session", "sessionid", "csrf", "xsrf");

  /** What makes a {@code token} one that opens something. */
  static final Set<String> TOKEN_KINDS =
      Set.of(
          "access",
          "refresh",
          "auth",
          "api",
          "security",
          "session",
          "private",
          "vault",
          "bearer",
          "oauth",
          "login",
          "secret",
          "user",
          "bot",
          "device");

  /** What is a secret also without anything between it and the word before it. */
  static final List<String> ENDINGS =
      List.of(
          "authorization",
          "cookie",
          "secret",
          "password",
          "passwd",
          "passphrase",
          "apikey",
          "pwd",
          "bindpw",
          "rootpw",
          "dbpass",
          "userpass",
          "storepass",
          "keypass");

  static final List<String> AMBIGUOUS_ENDINGS =
      List.of("token", "signature", "credential", "credentials", "sessionid", "sessid", "csrf");

  /** What makes a {@code pass} a ticket. */
  static final Set<String> TICKETS =
      Set.of("boarding", "season", "day", "event", "travel", "rail", "bus", "train", "ski", "hall");

  /** What is a secret in several words, whose last says nothing. */
  static final List<String> PHRASES =
      List.of(
          "passphrase",
          "password",
          "codeverifier",
          "devicecode",
          "samlresponse",
          "registryauth",
          "passworddigest",
          "initialresponse",
          "jwtassertion",
          "clientassertion",
          "accesstoken",
          "refreshtoken",
          "authtoken",
          "encryptioncustomerkey",
          "secretkeybase",
          "seedphrase",
          "recoveryphrase",
          "wpnonce",
          "honeycombteam",
          "sonarlogin",
          "clickhousekey",
          "identityheader",
          "secretanswer",
          "securityanswer",
          "securestring",
          "keysbase",
          "unsealkeys",
          "apikeys",
          "accesskeys",
          "privatekeys",
          "secretkeys",
          "jfrogartapi");

  /** What is told by its id, which is sent in clear. */
  static final Set<String> PUBLIC_IDS = Set.of("key", "token");

  /** What makes a {@code token} one that says only where a list goes on. */
  static final Set<String> CURSORS = Set.of("page", "next", "continuation", "sync");

  /** What makes a {@code key} one that opens something, also at the end of a longer word. */
  static final List<String> KEY_KINDS =
      List.of(
          "api",
          "access",
          "secret",
          "private",
          "auth",
          "signing",
          "signature",
          "encryption",
          "subscription",
          "account",
          "app",
          "application",
          "client",
          "function",
          "functions",
          "hmac",
          "license",
          "insert",
          "service",
          "master",
          "shared",
          "storage",
          "instrumentation",
          "fastly",
          "admin",
          "appwrite",
          "unseal");

  /** The same, if it is a word by itself, because other words end so. */
  static final Set<String> SHORT_KEY_KINDS = Set.of("sas", "pan", "salt");

  /** What makes a {@code key} a column of a table, a file, or one that opens something. */
  static final Set<String> COLUMN_KINDS = Set.of("primary", "secondary", "tls");

  /** What makes of the name of a secret that of a field, which may itself be the value. */
  static final Set<String> FIELD_TAILS = Set.of("field", "input");

  /** What follows the name of a secret without ending it, as in {@code session_id}. */
  static final Set<String> TAILS =
      Set.of(
          "id",
          "key",
          "value",
          "hash",
          "string",
          "text",
          "data",
          "code",
          "new",
          "old",
          "confirmation",
          "confirm",
          "again",
          "repeat",
          "verify",
          "plain",
          "plaintext",
          "raw",
          "base",
          "pem",
          "bin",
          "current",
          "access",
          "refresh",
          "ticket",
          "sha",
          "ed",
          "hex",
          "b");

  private SecretWords() {}
}

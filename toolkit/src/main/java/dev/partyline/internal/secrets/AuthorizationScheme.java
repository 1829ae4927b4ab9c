package dev.partyline.internal.secrets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The schemes of the header Authorization (RFC 9110, 11.4), and those that services have made. */
final class AuthorizationScheme {
  private static final Pattern NAME = Pattern.compile("(?i).*authorization");

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)(?:basic|bearer|digest|dpop|gnap|hoba|mutual|negotiate|ntlm|oauth|privatetoken"
              + "|scram-sha-\\w+|vapid|token|api-?key|jwt|bot|splunk|sharedkey(?:lite)?|googlelogin"
              + "|aws4-hmac-sha256) +(\\S.*)");

  private AuthorizationScheme() {}

  /** Returns whether a value has a scheme and credentials, which may read as a word. */
  static boolean hasCredentials(String name, String value) {
    Matcher credentials = CREDENTIALS.matcher(value);
    return NAME.matcher(name).matches()
        && credentials.matches()
        && !SecretForms.isOrdinary(credentials.group(1));
  }
}

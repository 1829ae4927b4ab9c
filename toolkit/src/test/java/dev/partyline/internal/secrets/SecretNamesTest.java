package dev.partyline.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "Set-Cookie2",
        "token",
        "X-Amz-Security-Token",
        "X-Vault-Token",
        "PRIVATE-TOKEN",
        "access_token",
        "accessToken",
        "refreshtoken",
        "clientSecret",
        "client_secret",
        "password",
        "PASSWORD",
        "db.password",
        "userPassword",
        "new_password",
        "password_confirmation",
        "passwd",
        "pwd",
        "passphrase",
        "api_key",
        "apiKey",
        "APIKey",
        "x-api-key",
        "AccountKey",
        "aws_secret_access_key",
        "AWSSecretKey",
        "private_key",
        "X-Hub-Signature-256",
        "X-Amz-Signature",
        "X-Amz-Credential",
        "session",
        "sessionId",
        "JSESSIONID",
        "PHPSESSID",
        "Mcp-Session-Id",
        "csrf",
        "X-XSRF-TOKEN",
        "_csrf",
        "csrfmiddlewaretoken",
        "jwt",
        "sig",
        "otp",
        "user[password]",
        "user%5Bpassword%5D",
        "Ocp-Apim-Subscription-Key",
        "token2",
        "passcode",
        "credentials",
        "client_key",
        "application-key",
        "pass_phrase",
        "code_verifier",
        "plainPassword",
        "passwordPlain",
        "userpwd",
        "totp"
      })
  void a_name_that_says_that_its_value_is_secret(String name) {
    assertThat(SecretNames.isSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "key",
        "id",
        "user_id",
        "Host",
        "Sec-WebSocket-Key",
        "Idempotency-Key",
        "keyboard",
        "primary_key",
        "foreignKey",
        "token_type",
        "tokenCount",
        "max_tokens_per_minute",
        "token_endpoint",
        "access_token_expires_in",
        "password_policy",
        "password_required",
        "passed",
        "bypass",
        "compass",
        "passenger",
        "secretary",
        "session_count",
        "session-timeout",
        "cookie_domain",
        "cookiePolicy",
        "signature_algorithm",
        "design",
        "authority",
        "author",
        "X-Auth-Method",
        "www-authenticate",
        "csrf_enabled",
        "kid",
        "sidebar",
        "tokenizer",
        "X-Request-Id",
        "ETag",
        "public_key",
        "nextPageToken",
        "page_token",
        "continuationToken",
        "NextToken",
        "api_key_id",
        "accessKeyId",
        "Public-Key-Pins",
        "Access-Control-Allow-Headers"
      })
  void a_name_that_says_nothing_of_the_kind(String name) {
    assertThat(SecretNames.isSecret(name)).isFalse();
  }
}

package dev.partyline.internal.secrets;

import static dev.partyline.internal.secrets.Http2Traffic.CONTINUATION;
import static dev.partyline.internal.secrets.Http2Traffic.END_HEADERS;
import static dev.partyline.internal.secrets.Http2Traffic.HEADERS;
import static dev.partyline.internal.secrets.Http2Traffic.PADDED;
import static dev.partyline.internal.secrets.Http2Traffic.PRIORITY;
import static dev.partyline.internal.secrets.Http2Traffic.PUSH_PROMISE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.http2.Http2Frame;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HPACK makes of a secret: it shows nowhere, and all that is no secret reads as it was. */
class Http2SecretsTest {
  private static final String SECRET = "Zq7rX2mLw9kT";

  private static void assertHidden(Conversation conversation) {
    String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
    Outputs.assertHidden(Outputs.of(conversation), List.of(SECRET, base64));
    Conversation masked = Redaction.standard().apply(conversation);
    assertThat(Http2.of(masked).flaws()).isEqualTo(Http2.of(conversation).flaws());
    assertThat(fields(masked).toString()).doesNotContain(SECRET).doesNotContain(base64);
    assertThat(names(masked)).isEqualTo(names(conversation));
    for (Side side : Side.values()) {
      assertThat(masked.bytes(side).size()).isEqualTo(conversation.bytes(side).size());
      assertThat(decodedAnywhere(masked.bytes(side).toArray())).doesNotContain(SECRET);
    }
  }

  /** Returns what Huffman code says that begins at any bit. */
  private static String decodedAnywhere(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int start = 0; start < bytes.length; start++) {
      byte[] code = Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + 64));
      text.append(new String(HuffmanCode.decode(code), StandardCharsets.ISO_8859_1)).append('\n');
    }
    return text.toString();
  }

  private static List<Http2Frame.Field> fields(Conversation conversation) {
    return Http2.of(conversation).frames().stream().flatMap(f -> f.fields().stream()).toList();
  }

  private static List<String> names(Conversation conversation) {
    return fields(conversation).stream().map(Http2Frame.Field::name).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_frames_of_a_server_whose_client_was_not_recorded(boolean huffman) {
    Bytes bytes =
        Http2Traffic.of(Side.SERVER, huffman)
            .headers(1, ":status", "200", "set-cookie", "sid=" + SECRET)
            .bytes();
    Conversation sent = Conversation.of(List.of(new Event.Sent(Side.SERVER, 0, bytes)));
    Bytes masked = Redaction.standard().apply(sent).bytes(Side.SERVER);
    assertThat(masked.size()).isEqualTo(bytes.size());
    assertThat(decodedAnywhere(masked.toArray())).doesNotContain(SECRET);
    assertThat(masked.utf8()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_metadata_of_grpc(boolean huffman) {
    String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, huffman);
    for (int stream = 1; stream < 9; stream += 2) {
      client.headers(
          stream,
          ":method",
          "POST",
          ":path",
          "/shop.Prices/Get",
          "te",
          "trailers",
          "authorization",
          "Bearer " + SECRET,
          "x-api-key",
          SECRET,
          "authorization-bin",
          base64,
          "x-session-token-bin",
          base64,
          "grpc-timeout",
          "1S");
    }
    assertHidden(client.conversation());
    assertThat(fields(Redaction.standard().apply(client.conversation())).toString())
        .contains("/shop.Prices/Get", "1S", "authorization-bin: ***");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void trailers_and_promises_of_the_server(boolean huffman) {
    Http2Traffic server = Http2Traffic.of(Side.SERVER, huffman);
    server.headers(1, ":status", "200", "set-cookie", "sid=" + SECRET + "; Path=/");
    server.frame(0, 0, 1, "hello".getBytes(StandardCharsets.UTF_8));
    byte[] promise = server.block(":method", "GET", ":path", "/a?token=" + SECRET + "&b=c");
    server.frame(PUSH_PROMISE, END_HEADERS, 1, join(new byte[] {0, 0, 0, 2}, promise));
    byte[] padded = server.block(":method", "GET", "cookie", SECRET);
    server.frame(
        PUSH_PROMISE,
        END_HEADERS | PADDED,
        1,
        join(new byte[] {3, 0, 0, 0, 4}, padded, new byte[3]));
    server.headers(1, "grpc-status", "0", "x-session-token", SECRET, "set-cookie", "a=" + SECRET);
    assertHidden(server.conversation());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cookies_keep_their_names_and_a_secret_in_a_path_is_masked(boolean huffman) {
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, huffman);
    client.headers(1, ":path", "/use/" + SECRET + "/", "cookie", "b=1; sid=" + SECRET + "; c=~~");
    List<Http2Frame.Field> masked = fields(Redaction.standard().apply(client.conversation()));
    assertThat(masked.get(0).value()).matches("/use/[*0B-]+/").doesNotContain(SECRET);
    assertThat(masked.get(1).value()).matches("b=[*]?; sid=[*0B-]+; c=.{1,2}");
    assertThat(masked.get(1).value()).doesNotContain(SECRET).doesNotContain("~");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void literals_that_are_never_indexed(boolean huffman) {
    Http2Traffic client =
        new Http2Traffic(Side.CLIENT, huffman, (name, value) -> value.toString().contains(SECRET));
    client.headers(1, "authorization", "Basic " + SECRET, "x-api-key", SECRET, "a", "b");
    client.headers(3, "authorization", "Basic " + SECRET, "x-api-key", SECRET, "a", "b");
    assertHidden(client.conversation());
  }

  @Property(tries = 300)
  void a_block_that_is_cut_anywhere(
      @ForAll boolean huffman,
      @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> cuts,
      @ForAll @IntRange(max = 40) int padding) {
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, huffman);
    for (int stream = 1; stream < 6; stream += 2) {
      byte[] block =
          client.block("authorization", "Bearer " + SECRET, "x-api-key", SECRET, "z", "last");
      int[] ends = cuts.stream().mapToInt(cut -> Math.min(cut, block.length)).sorted().toArray();
      int start = 0;
      for (int i = 0; i <= ends.length; i++) {
        int end = i < ends.length ? ends[i] : block.length;
        byte[] part = Arrays.copyOfRange(block, start, end);
        byte[] before = {(byte) padding, 0, 0, 0, 1, 16};
        client.frame(
            i == 0 ? HEADERS : CONTINUATION,
            (i == 0 ? PADDED | PRIORITY : 0) | (i == ends.length ? END_HEADERS : 0),
            stream,
            i == 0 ? join(before, part, new byte[padding]) : part);
        start = end;
      }
    }
    assertHidden(client.conversation());
  }

  @Test
  void a_conversation_that_is_still_going_on_anywhere() {
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, true);
    byte[] block = client.block("x-api-key", SECRET, "authorization", "Bearer " + SECRET);
    client.frame(HEADERS, PADDED, 1, join(new byte[] {9}, block, new byte[9]));
    client.frame(CONTINUATION, END_HEADERS, 1, client.block("cookie", SECRET));
    client.headers(3, "cookie", SECRET);
    Bytes all = client.bytes();
    for (int end = 0; end <= all.size(); end++) {
      assertHidden(Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, all.slice(0, end)))));
    }
  }

  @Property(tries = 500)
  void a_flaw_in_huffman_code_stays_where_it_is(
      @ForAll @Size(max = 40) byte[] value, @ForAll @Size(max = 3) List<Boolean> moreFields) {
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, true);
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    moreFields.forEach(is -> block.writeBytes(client.block("x-api-key", SECRET, "a", "b" + is)));
    // A literal without indexing, with the name authorization.
    block.write(0x0f);
    block.write(8);
    block.write(0x80 | value.length);
    block.writeBytes(value);
    client.frame(HEADERS, END_HEADERS, 1, block.toByteArray());
    client.headers(3, "x-api-key", SECRET);
    assertHidden(client.conversation());
  }

  @Property(tries = 500)
  void a_flaw_after_some_huffman_code_stays_where_it_is(
      @ForAll("texts") String text, @ForAll @Size(max = 6) byte[] rest, @ForAll boolean ones) {
    byte[] code = HuffmanCode.encode(latin1(text), (bits(text) + 7) / 8);
    byte[] end = rest.clone();
    if (ones) {
      Arrays.fill(end, (byte) 0xff);
    }
    a_flaw_in_huffman_code_stays_where_it_is(join(code, end), List.of());
    byte[] value = join(code, end);
    if (MaskedHuffman.isMalformed(value)) {
      assertThat(MaskedHuffman.isMalformed(MaskedHuffman.malformed(value))).isTrue();
    }
  }

  @Property(tries = 1000)
  void what_is_masked_is_not_longer_and_keeps_the_bytes_around_it(
      @ForAll("texts") String before,
      @ForAll("texts") String secret,
      @ForAll("texts") String after) {
    String text = before + secret + after;
    int size = (bits(text) + 7) / 8;
    byte[] masked =
        MaskedHuffman.of(
            latin1(text), new int[] {before.length(), before.length() + secret.length()}, size);
    assertThat(masked).hasSize(size);
    assertThat(MaskedHuffman.isMalformed(masked)).isFalse();
    String read = new String(HuffmanCode.decode(masked), StandardCharsets.ISO_8859_1);
    assertThat(read).startsWith(before).endsWith(after).hasSizeLessThanOrEqualTo(text.length());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(20),
        Arbitraries.strings().ascii().ofMaxLength(20),
        Arbitraries.strings().alpha().numeric().ofMaxLength(20));
  }

  @Test
  void a_number_that_is_too_large() {
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, true);
    byte[] length = {0x77, -1, -1, -1, -1, -1, -1, 0, 0};
    client.frame(HEADERS, END_HEADERS, 3, join(length, latin1("authorization: " + SECRET)));
    assertHidden(client.conversation());
  }

  @Property(tries = 500)
  void any_block_has_the_same_flaws(@ForAll @Size(max = 60) byte[] bytes) {
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, true);
    client.headers(1, "authorization", "Bearer " + SECRET, "cookie", "a=" + SECRET);
    client.frame(HEADERS, END_HEADERS, 3, bytes);
    client.headers(5, "authorization", "Bearer " + SECRET);
    assertHidden(client.conversation());
  }

  @Test
  void an_entry_of_the_table_stays_where_long_codes_fill_it() {
    Http2Traffic client = Http2Traffic.of(Side.CLIENT, true);
    String[] fields = new String[2 * 40];
    for (int i = 0; i < fields.length; i += 2) {
      fields[i] = "x-" + i + "-token";
      fields[i + 1] = "$#|!~^{}@".repeat(6) + i;
    }
    client.headers(1, fields);
    client.headers(3, fields);
    client.headers(5, Arrays.copyOfRange(fields, 40, fields.length));
    Conversation masked = Redaction.standard().apply(client.conversation());
    assertThat(Http2.of(client.conversation()).flaws()).isEmpty();
    assertThat(Http2.of(masked).flaws()).isEmpty();
    assertThat(names(masked)).isEqualTo(names(client.conversation()));
    assertThat(fields(masked).toString()).doesNotContain("$#|!~^{}@");
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int bits(String text) {
    int bits = 0;
    for (byte symbol : latin1(text)) {
      bits += HuffmanCode.length(symbol);
    }
    return bits;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}

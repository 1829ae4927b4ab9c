package dev.partyline.assertions;

import dev.partyline.script.Redaction;
import dev.partyline.view.Flaw;
import dev.partyline.view.Http1Body;
import dev.partyline.view.Http1Chunk;
import dev.partyline.view.Http1Header;
import dev.partyline.view.Http1Message;
import dev.partyline.view.Http1Response;
import dev.partyline.view.Span;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A message over HTTP as it was at one moment, and what can be asked about it. */
final class HttpMessageChecks {
  private static final long MOST = 64L << 20;
  private static final int MOST_FLAWS = 5;

  private final Conversation conversation;
  private final Http1Message message;
  private final String name;
  private final Redaction redaction;
  private @Nullable Bytes stream;
  private @Nullable Bytes masked;

  /** The name is how it is called in a sentence, such as {@code request 2}. */
  HttpMessageChecks(
      Conversation conversation, Http1Message message, String name, Redaction redaction) {
    this.conversation = conversation;
    this.message = message;
    this.name = name;
    this.redaction = redaction;
  }

  CheckResult startLine(String line) {
    return look(
        message.startLine().text().equals(line) && message.headEnd() > message.startLine().end(),
        message.headEnd() <= message.startLine().end(),
        name + " begins with another line",
        facts -> startLineParting(facts, line));
  }

  CheckResult method(String method) {
    String line = message.startLine().text();
    return look(
        line.startsWith(method + " "),
        message.headEnd() <= message.startLine().end(),
        name + " has another method",
        facts -> facts.expectedAndReceived(method, startLine()));
  }

  CheckResult status(int status) {
    int received = message instanceof Http1Response response ? response.status() : 0;
    return look(
        received == status,
        message.headEnd() <= message.startLine().end(),
        name + " has another status",
        facts -> facts.expectedAndReceived(status, startLine()));
  }

  CheckResult header(String wanted) {
    return look(
        message.header(wanted).isPresent(),
        !message.hasWholeHead(),
        name + " has no such header",
        facts -> nearest(facts, message.headers(), wanted, Bytes.utf8(wanted)));
  }

  CheckResult header(String wanted, String value) {
    return header(message.headers(), wanted, value, !message.hasWholeHead(), "header");
  }

  CheckResult trailer(String wanted, String value) {
    return header(message.trailers(), wanted, value, !message.isWhole(), "trailer");
  }

  private CheckResult header(
      List<Http1Header> among, String wanted, String value, boolean mayYet, String kind) {
    return look(
        among.stream().anyMatch(each -> each.isNamed(wanted) && each.text().equals(value)),
        mayYet,
        name + " has no such " + kind,
        facts -> nearest(facts, among, wanted, Bytes.utf8(wanted + ": " + value)));
  }

  CheckResult noHeader(String unwanted) {
    List<Http1Header> there =
        message.headers().stream().filter(each -> each.isNamed(unwanted)).toList();
    return look(
        there.isEmpty() && message.hasWholeHead(),
        there.isEmpty(),
        there.isEmpty()
            ? "the headers of " + name + " are not whole"
            : name + " has a header that it is not to have",
        facts -> {
          facts.row("expected", "no " + unwanted);
          there.forEach(each -> facts.row("received", shown(each.line())));
          return facts;
        });
  }

  CheckResult body(Bytes wanted) {
    Http1Body body = message.body();
    boolean fits = isKept(body) && body.size() <= wanted.size();
    boolean begins = fits && wanted.startsWith(body.bytes());
    boolean whole = message.hasWholeHead() && message.isWhole();
    return look(
        begins && whole && body.size() == wanted.size(),
        begins && !whole,
        name + (begins && !whole ? " is not whole" : " has another body"),
        facts ->
            isReadable()
                ? facts.parting("received", parting(wanted))
                : facts.expectedAndReceived(
                    FailureMessage.words(wanted.size(), "byte"),
                    FailureMessage.words(body.size(), "byte")));
  }

  private boolean isKept(Http1Body body) {
    return conversation.gaps().stream()
        .noneMatch(
            gap ->
                gap.side() == message.side() && gap.offset() < body.end() && gap.end() > body.at());
  }

  private Difference parting(Bytes wanted) {
    Bytes content = content(stream());
    return Difference.of(
        wanted, content, content(masked()), 0, content.size(), " of the body", redaction);
  }

  /** Takes the body out of what was said, masked or not: masking moves nothing. */
  private Bytes content(Bytes all) {
    Http1Body body = message.body();
    if (body.framing() != Http1Body.End.CHUNKED) {
      return all.slice((int) body.at(), (int) body.end());
    }
    List<Bytes> parts = new ArrayList<>();
    for (Http1Chunk chunk : body.chunks()) {
      parts.add(all.slice((int) chunk.from(), (int) chunk.to()));
    }
    return Bytes.join(parts);
  }

  CheckResult noFlaw() {
    return look(
        message.flaws().isEmpty(),
        message.flaws().stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.MALFORMED),
        name + " is not as HTTP/1.1 asks for",
        facts -> facts.row("expected", "no flaw"));
  }

  CheckResult flaw(String words) {
    return look(
        message.flaws().stream().anyMatch(flaw -> flaw.toString().contains(words)),
        !message.isWhole(),
        name + " has no such flaw",
        facts ->
            facts.expectedAndReceived(
                redaction.apply(Bytes.utf8(words)),
                FailureMessage.words(message.flaws().size(), "flaw")));
  }

  String startLine() {
    return shown(message.startLine()) + (message.version().isEmpty() ? ", not whole" : "");
  }

  FailureMessage startLineParting(FailureMessage facts, String line) {
    return beside(facts, Bytes.utf8(line), message.startLine());
  }

  /** Adds the header that comes nearest: of the same name, else of one that begins like it. */
  private FailureMessage nearest(
      FailureMessage facts, List<Http1Header> among, String wanted, Bytes line) {
    Http1Header best = null;
    int most = 0;
    for (Http1Header each : among) {
      int common = each.isNamed(wanted) ? Integer.MAX_VALUE : common(each.name().text(), wanted);
      if (common > most) {
        best = each;
        most = common;
      }
    }
    if (best == null) {
      return facts
          .row("expected", redaction.apply(line))
          .row("nearest", among.isEmpty() ? "there are none" : "nothing begins like it");
    }
    if (!best.isNamed(wanted)) {
      return beside(facts, line, best.line());
    }
    // The name and the blanks behind it may be written in another way, which does not count.
    int from = (int) (best.value().at() - best.line().at());
    Bytes value = line.slice(Math.min(wanted.length() + 2, line.size()), line.size());
    return beside(facts, best.line().bytes().slice(0, from).plus(value), best.line());
  }

  private static int common(String one, String other) {
    int mismatch =
        Bytes.utf8(one.toLowerCase(Locale.ROOT))
            .mismatch(Bytes.utf8(other.toLowerCase(Locale.ROOT)));
    return mismatch < 0 ? one.length() : mismatch;
  }

  private FailureMessage beside(FailureMessage facts, Bytes wanted, Span received) {
    if (!isReadable()) {
      return facts.row("expected", redaction.apply(wanted));
    }
    String whose = " of what the " + message.side() + " sent";
    return facts.parting(
        "nearest",
        Difference.of(
            wanted,
            stream(),
            masked(),
            (int) received.at(),
            (int) received.end(),
            whose,
            redaction));
  }

  /** Whether a failure can mask all that was said, of which it shows a part. */
  private boolean isReadable() {
    return conversation.count(message.side()) <= MOST
        && conversation.gaps().stream().noneMatch(gap -> gap.side() == message.side());
  }

  private Bytes stream() {
    Bytes all = stream;
    if (all == null) {
      all = conversation.sentBy(message.side());
      stream = all;
    }
    return all;
  }

  private Bytes masked() {
    Bytes all = masked;
    if (all == null) {
      all = redaction.apply(stream());
      masked = all;
    }
    return all;
  }

  private String shown(Span part) {
    return isReadable()
        ? masked().slice((int) part.at(), (int) part.end()).toString()
        : FailureMessage.words(part.bytes().size(), "byte");
  }

  private FailureMessage flaws(FailureMessage facts) {
    message.flaws().stream().limit(MOST_FLAWS).forEach(flaw -> facts.row("flaw", shown(flaw)));
    return facts;
  }

  /** A flaw may quote what is masked on its line. */
  private String shown(Flaw flaw) {
    if (isReadable() && flaw.at() < stream().size()) {
      int from = (int) flaw.at();
      int to = from;
      while (from > 0 && stream().at(from - 1) != '\n') {
        from--;
      }
      while (to < stream().size() && stream().at(to) != '\n') {
        to++;
      }
      if (!stream().slice(from, to).equals(masked().slice(from, to))) {
        return flaw.kind().name().toLowerCase(Locale.ROOT)
            + " at byte "
            + flaw.at()
            + " of the "
            + flaw.side()
            + ", in a line that is masked";
      }
    }
    return flaw.toString();
  }

  private CheckResult look(
      boolean holds, boolean mayYet, String problem, UnaryOperator<FailureMessage> more) {
    boolean grows = HttpExchangeChecks.mayGrow(conversation, message.side());
    return CheckResult.of(
        holds,
        mayYet && grows,
        () ->
            flaws(more.apply(FailureMessage.of(problem, redaction)))
                .dropped(conversation)
                .state(conversation, message.side())
                .conversation(conversation));
  }
}

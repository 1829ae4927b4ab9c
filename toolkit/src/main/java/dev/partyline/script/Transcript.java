package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording printed as a wire script, and read back.
 *
 * <p>The exact form keeps times and chunk boundaries: {@code conversation(exact(c))} equals {@code
 * c}. The plain form leaves both out: it is what failures show and what people paste as the next
 * test's script.
 */
public final class Transcript {
  private static final Bytes LF = LineEnd.LF.bytes();
  private static final int HEX_ROW = 16;

  private final boolean exact;
  private final LineEnd end;
  private final List<Step> steps = new ArrayList<>();

  private Transcript(boolean exact, LineEnd end) {
    this.exact = exact;
    this.end = end;
  }

  /** Returns the conversation with the time of each chunk and the boundaries between them. */
  public static String exact(Conversation conversation) {
    return header(conversation) + Printer.print(steps(conversation, true));
  }

  /** Returns the conversation without times and chunk boundaries. */
  public static String plain(Conversation conversation) {
    return Printer.print(steps(conversation, false));
  }

  /** Returns all conversations of a recording, each in its {@code connection} block. */
  public static String exact(Recording recording) {
    List<Step> blocks = new ArrayList<>();
    IdentityHashMap<Step, String> headers = new IdentityHashMap<>();
    for (Conversation conversation : recording.conversations()) {
      List<Step> said = steps(conversation, true);
      // A block has a line, and one that ends a message before it began says nothing.
      Step block = new Step.Connection(false, said.isEmpty() ? List.of(new Step.Cut()) : said);
      headers.put(block, header(conversation));
      blocks.add(block);
    }
    StringBuilder text = new StringBuilder();
    for (Printer.Printed line : Printer.lines(blocks)) {
      text.append(line.level() == 0 ? headers.getOrDefault(line.step(), "") : "");
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** Returns the plain form as a script. */
  public static Script script(Conversation conversation) {
    return Script.of(steps(conversation, false));
  }

  /**
   * Reads an exact transcript of one conversation.
   *
   * @throws ScriptException if the text is no script, or holds more than bytes, events and times
   */
  public static Conversation conversation(String text) {
    Script script = Script.parse(text);
    return Reader.conversation(script, script.steps());
  }

  /**
   * Reads an exact transcript of several conversations, each in its {@code connection} block.
   *
   * @throws ScriptException if the text is no script, or holds more than bytes, events and times
   */
  public static Recording recording(String text) {
    Script script = Script.parse(text);
    List<Conversation> conversations = new ArrayList<>();
    for (Step step : script.steps()) {
      if (!(step instanceof Step.Connection block) || block.every()) {
        throw script.wrong(step, "no part of a recording; expected connection blocks");
      }
      conversations.add(Reader.conversation(script, block.steps()));
    }
    return Recording.of(conversations.toArray(Conversation[]::new));
  }

  private static String header(Conversation conversation) {
    return conversation.address(Side.CLIENT).equals("?")
        ? ""
        : "# connection "
            + conversation.number()
            + " over "
            + conversation.transport()
            + ": "
            + conversation.address(Side.CLIENT)
            + " > "
            + conversation.address(Side.SERVER)
            + "\n";
  }

  private static List<Step> steps(Conversation conversation, boolean exact) {
    Transcript transcript = new Transcript(exact, lineEnd(conversation));
    List<Event> events = exact ? conversation.events() : joined(conversation);
    @Nullable Event last = null;
    for (Event event : events) {
      transcript.add(event, last);
      last = event;
    }
    return transcript.steps;
  }

  /** Neighbouring chunks of one side of a stream made one, for their boundary means nothing. */
  private static List<Event> joined(Conversation conversation) {
    List<Event> joined = new ArrayList<>();
    List<Bytes> run = new ArrayList<>();
    Event.@Nullable Sent first = null;
    for (Event event : conversation.events()) {
      boolean goesOn =
          event instanceof Event.Sent sent
              && first != null
              && first.side() == sent.side()
              && conversation.transport().isStream();
      if (first != null && !goesOn) {
        joined.add(new Event.Sent(first.side(), first.nanos(), Bytes.join(run)));
        first = null;
        run.clear();
      }
      if (event instanceof Event.Sent sent) {
        first = first == null ? sent : first;
        run.add(sent.bytes());
      } else {
        joined.add(event);
      }
    }
    if (first != null) {
      joined.add(new Event.Sent(first.side(), first.nanos(), Bytes.join(run)));
    }
    return joined;
  }

  /** The line end that most lines of the conversation have. */
  private static LineEnd lineEnd(Conversation conversation) {
    int lf = 0;
    int crlf = 0;
    // A CR and its LF may have come in two chunks.
    for (Event event : joined(conversation)) {
      if (event instanceof Event.Sent sent) {
        for (int at = sent.bytes().indexOf(LF, 0); at >= 0; at = sent.bytes().indexOf(LF, at + 1)) {
          boolean ended = at > 0 && sent.bytes().at(at - 1) == '\r';
          crlf += ended ? 1 : 0;
          lf += ended ? 0 : 1;
        }
      }
    }
    return lf > crlf ? LineEnd.LF : LineEnd.CRLF;
  }

  private void add(Event event, @Nullable Event last) {
    @Nullable Duration at = exact ? Duration.ofNanos(event.nanos()) : null;
    if (event instanceof Event.Sent sent) {
      if (last instanceof Event.Sent before && before.side() == sent.side()) {
        steps.add(new Step.Cut());
      }
      chunk(sent.side(), sent.bytes(), at);
    } else {
      Step.Deed deed = event instanceof Event.Finished ? Step.Deed.FINISH : Step.Deed.RESET;
      steps.add(new Step.Act(event.side(), deed, at));
    }
  }

  private void chunk(Side side, Bytes bytes, @Nullable Duration time) {
    @Nullable Duration at = time;
    if (bytes.isEmpty()) {
      steps.add(new Step.Line(side, Step.Notation.TEXT, List.of(), LineEnd.NONE, at));
    }
    int from = 0;
    while (from < bytes.size()) {
      int to = lineFrom(bytes, from);
      if (isText(bytes.slice(from, to))) {
        steps.add(text(side, bytes.slice(from, to), at));
      } else {
        while (to < bytes.size() && !isText(bytes.slice(to, lineFrom(bytes, to)))) {
          to = lineFrom(bytes, to);
        }
        hex(side, bytes.slice(from, to), at);
      }
      at = null;
      from = to;
    }
  }

  private int lineFrom(Bytes bytes, int from) {
    int at = bytes.indexOf(end.bytes(), from);
    return at < 0 ? bytes.size() : at + end.bytes().size();
  }

  /** A tenth of bytes that are not printable may be escaped before hex is easier to read. */
  private boolean isText(Bytes line) {
    int odd = line.unprintable() - (endsLine(line) ? end.bytes().size() : 0);
    return odd * 10 <= line.size();
  }

  private boolean endsLine(Bytes line) {
    int start = line.size() - end.bytes().size();
    return start >= 0 && line.slice(start, line.size()).equals(end.bytes());
  }

  private Step text(Side side, Bytes line, @Nullable Duration at) {
    boolean ended = endsLine(line);
    Bytes payload = ended ? line.slice(0, line.size() - end.bytes().size()) : line;
    List<Part> parts = payload.isEmpty() ? List.of() : List.of(new Part.Fixed(payload));
    return new Step.Line(side, Step.Notation.TEXT, parts, ended ? end : LineEnd.NONE, at);
  }

  private void hex(Side side, Bytes bytes, @Nullable Duration time) {
    @Nullable Duration at = time;
    for (int from = 0; from < bytes.size(); from += HEX_ROW) {
      Bytes row = bytes.slice(from, Math.min(from + HEX_ROW, bytes.size()));
      steps.add(
          new Step.Line(side, Step.Notation.HEX, List.of(new Part.Fixed(row)), LineEnd.NONE, at));
      at = null;
    }
  }

  /** Reads the steps of a transcript back as the events that they stand for. */
  private static final class Reader {
    private final List<Event> events = new ArrayList<>();
    private final List<Bytes> chunk = new ArrayList<>();
    private @Nullable Side speaker;
    private long nanos;

    static Conversation conversation(Script script, List<Step> steps) {
      Reader reader = new Reader();
      for (Step step : steps) {
        if (step instanceof Step.Line line) {
          reader.line(script, line);
        } else if (step instanceof Step.Act act) {
          reader.act(script, act);
        } else if (step instanceof Step.Cut) {
          reader.flush();
        } else {
          throw script.wrong(step, "no part of a transcript; expected bytes, events and times");
        }
      }
      reader.flush();
      return Conversation.of(reader.events);
    }

    private void line(Script script, Step.Line line) {
      if (line.side() != speaker) {
        flush();
        speaker = line.side();
      }
      if (line.at() != null) {
        nanos = line.at().toNanos();
      }
      for (Part part : line.parts()) {
        if (part instanceof Part.Fixed fixed) {
          chunk.add(fixed.bytes());
        } else if (part instanceof Part.File file) {
          chunk.add(file.content());
        } else {
          throw script.wrong(line, "a placeholder in a transcript; expected the bytes themselves");
        }
      }
      chunk.add(line.end().bytes());
    }

    private void act(Script script, Step.Act act) {
      flush();
      if (act.at() != null) {
        nanos = act.at().toNanos();
      }
      switch (act.deed()) {
        case RESET -> events.add(new Event.Reset(act.side(), nanos));
        case STALL -> throw script.wrong(act, "a stall cannot be seen on the wire");
        default -> events.add(new Event.Finished(act.side(), nanos));
      }
    }

    private void flush() {
      if (speaker != null) {
        events.add(new Event.Sent(speaker, nanos, Bytes.join(chunk)));
        chunk.clear();
        speaker = null;
      }
    }
  }
}

package dev.partyline.script;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of the payload of a {@link Step.Line}. */
public sealed interface Part {
  /**
   * Bytes as they stand.
   *
   * @param bytes at least one
   */
  record Fixed(Bytes bytes) implements Part {}

  /** Any one byte: {@code ??} in hex. */
  record AnyByte() implements Part {}

  /**
   * The content of a file or class-path resource.
   *
   * @param name the name as the script gives it
   * @param content what was found there when the script was parsed
   */
  record File(String name, Bytes content) implements Part {}

  /** The number of bytes after the first empty line of the same message, in decimal digits. */
  record BodyLength() implements Part {}

  /**
   * Takes bytes from the peer, and keeps them under a name: {@code ${name}}.
   *
   * @param name the name; {@code *} takes without keeping
   * @param constraint which bytes it takes
   */
  record Placeholder(String name, Constraint constraint) implements Part {
    /** Returns whether what is taken is kept. */
    public boolean isCapturing() {
      return !name.equals("*");
    }

    /** Returns whether it takes as many bytes as it finds, rather than a number given. */
    public boolean isElastic() {
      return !(constraint instanceof Count);
    }
  }

  /** Which bytes a placeholder takes. */
  sealed interface Constraint {}

  /** One byte or more, never past the line end. */
  record AnyText() implements Constraint {}

  /** A number of bytes, whatever they are. */
  record Count(int bytes) implements Constraint {
    /**
     * Makes the shape.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Count {
      ArgumentChecks.atLeast("bytes", bytes, 1);
    }
  }

  /**
   * What a regular expression takes, never past the line end; the text is read as UTF-8, or as
   * ISO-8859-1 where it is none. Compares by its source.
   *
   * @param source the expression as {@link Pattern} has it
   * @param pattern the same, compiled
   */
  record Regex(String source, Pattern pattern) implements Constraint {
    /**
     * Compiles the expression.
     *
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    public Regex(String source) {
      this(source, Pattern.compile(source));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Regex that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
      return source.hashCode();
    }
  }
}

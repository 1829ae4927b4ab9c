package dev.partyline.script;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of the payload of a {@link Step.Line}. */
public sealed interface Part {

  /** Returns whether it takes as many bytes as it finds, rather than a fixed number. */
  boolean isElastic();

  /** Returns its bytes if they are known beforehand, else null. */
  @Nullable Bytes content();

  /** Calls the method of the visitor that is for this type of part, and returns its result. */
  <R> R accept(PartVisitor<R> visitor);

  /**
   * Bytes as they stand.
   *
   * @param bytes at least one
   */
  record Fixed(Bytes bytes) implements Part {
    @Override
    public boolean isElastic() {
      return false;
    }

    @Override
    public Bytes content() {
      return bytes;
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Any one byte: {@code ??} in hex. */
  record AnyByte() implements Part {
    @Override
    public boolean isElastic() {
      return false;
    }

    @Override
    public @Nullable Bytes content() {
      return null;
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The content of a file or class-path resource.
   *
   * @param name the name as the script gives it
   * @param content what was found there when the script was parsed
   */
  record File(String name, Bytes content) implements Part {
    @Override
    public boolean isElastic() {
      return false;
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The number of bytes after the first empty line of the same message, in decimal digits. */
  record BodyLength() implements Part {
    @Override
    public boolean isElastic() {
      return true;
    }

    @Override
    public @Nullable Bytes content() {
      return null;
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Takes bytes from the peer, and keeps them under a name: {@code ${name}}.
   *
   * @param name the name; {@code *} takes bytes without keeping them
   * @param constraint which bytes it takes
   */
  record Placeholder(String name, Constraint constraint) implements Part {
    /** Returns whether it keeps what it takes. */
    public boolean isCapturing() {
      return !name.equals(Identifiers.ANONYMOUS);
    }

    @Override
    public boolean isElastic() {
      return !(constraint instanceof Count);
    }

    @Override
    public @Nullable Bytes content() {
      return null;
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Which bytes a placeholder takes. */
  sealed interface Constraint {
    /** Returns it as it is written after the colon; empty for any text. */
    String source();
  }

  /** One byte or more, never past the line end. */
  record AnyText() implements Constraint {
    @Override
    public String source() {
      return "";
    }
  }

  /** A number of bytes, whatever they are. */
  record Count(int bytes) implements Constraint {
    /**
     * Makes the constraint.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Count {
      ArgumentChecks.atLeast("bytes", bytes, 1);
    }

    @Override
    public String source() {
      return bytes + " bytes";
    }
  }

  /**
   * What a regular expression takes, never past the line end; the text is read as UTF-8, or as
   * ISO-8859-1 if it is not valid UTF-8. Equal if the source is.
   *
   * @param source the expression as {@link Pattern} has it
   * @param pattern the same, compiled
   */
  record Regex(String source, Pattern pattern) implements Constraint {
    /**
     * Makes the constraint.
     *
     * @throws IllegalArgumentException if the source looks like a length, as {@code 12bytes}: such
     *     an expression stands in parentheses
     */
    public Regex {
      if (PlaceholderParser.isLikeLength(source)) {
        throw new IllegalArgumentException(PlaceholderParser.lengthProblem(source));
      }
    }

    /**
     * Compiles the expression.
     *
     * @throws IllegalArgumentException if the source looks like a length
     * @throws java.util.regex.PatternSyntaxException if it is not a valid expression
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

package org.junit.internal;

/**
 * That of JUnit 4, which Jupiter knows by its name. With JUnit 4 itself on the class path, Surefire
 * would run its engine, too.
 */
public class AssumptionViolatedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AssumptionViolatedException(String message) {
    super(message);
  }
}

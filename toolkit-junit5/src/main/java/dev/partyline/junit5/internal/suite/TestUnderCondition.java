package dev.partyline.junit5.internal.suite;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** A test, or a class, as others are told of it when it runs under a condition. */
final class TestUnderCondition extends AbstractTestDescriptor {
  private static final Pattern INVOCATION = Pattern.compile("(.*?)((?:\\[\\d+])+)", Pattern.DOTALL);

  private final TestDescriptor test;
  private final String condition;

  TestUnderCondition(TestDescriptor test, String condition) {
    super(
        test.getUniqueId(),
        test.getDisplayName() + " [" + condition + "]",
        test.getSource().orElse(null));
    this.test = test;
    this.condition = condition;
  }

  /** Surefire calls a test by its method alone, unless this ends in the number of an invocation. */
  @Override
  public String getLegacyReportingName() {
    Matcher name = INVOCATION.matcher(test.getLegacyReportingName());
    return name.matches()
        ? name.group(1) + "[" + condition + "]" + name.group(2)
        : test.getLegacyReportingName() + "[" + condition + "][1]";
  }

  @Override
  public Type getType() {
    return test.getType();
  }

  @Override
  public Set<TestTag> getTags() {
    return test.getTags();
  }

  @Override
  public boolean mayRegisterTests() {
    return test.mayRegisterTests();
  }
}

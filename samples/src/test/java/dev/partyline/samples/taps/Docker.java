package dev.partyline.samples.taps;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import com.github.dockerjava.api.exception.NotFoundException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** Skips a recipe where there is no Docker; with -Dpartyline.docker=required it fails there. */
final class Docker implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext recipe) {
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return enabled("there is Docker");
    }
    if (System.getProperty("partyline.docker", "").equals("required")) {
      throw new IllegalStateException("there is no Docker, and -Dpartyline.docker=required");
    }
    return disabled("there is no Docker: this recipe is skipped");
  }

  /**
   * Returns a container of an image that was built here, if there is one, or else of the public
   * image.
   */
  static GenericContainer<?> container(String image) {
    String local = "local/" + image;
    try {
      DockerClientFactory.instance().client().inspectImageCmd(local).exec();
      return new GenericContainer<>(local);
    } catch (NotFoundException e) {
      return new GenericContainer<>(image);
    }
  }
}

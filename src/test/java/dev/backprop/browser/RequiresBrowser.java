package dev.backprop.browser;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips a test where there is no Chromium with its driver, except under `CI=true`, where that
/// fails it.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RequiresBrowser.Condition.class)
public @interface RequiresBrowser {

  /// The browser.
  Path CHROMIUM = Path.of("/usr/bin/chromium");

  /// What steers it.
  Path DRIVER = Path.of("/usr/bin/chromedriver");

  /// Looks for both before anything of the test runs.
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER)) {
        return enabled("Chromium is installed");
      }
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        throw new ExtensionConfigurationException(
            "CI=true, but there is no %s or no %s: install them, or run without CI to skip this test"
                .formatted(CHROMIUM, DRIVER));
      }
      return disabled("there is no " + CHROMIUM + " or no " + DRIVER);
    }
  }
}

package dev.backprop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The Swagger UI in a real browser.
@RequiresBrowser
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SwaggerUiTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @LocalServerPort private int port;

  private ChromeDriver browser;
  private WebDriverWait wait;

  @BeforeEach
  void open(@TempDir Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(RequiresBrowser.CHROMIUM.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1800",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(RequiresBrowser.DRIVER.toFile())
            .build();
    browser = new ChromeDriver(service, options);
    wait = new WebDriverWait(browser, PATIENCE);
    browser.get("http://localhost:" + port + "/swagger-ui.html");
  }

  @AfterEach
  void close() {
    browser.quit();
  }

  @Test
  void trainsXorWithThePrefilledExample() throws IOException {
    WebElement train = element("[id^='operations-Jobs-'].opblock-post");
    train.findElement(By.cssSelector(".opblock-summary-control")).click();
    click("[id^='operations-Jobs-'].opblock-post button.execute");

    String status = element(".live-responses-table tbody .response-col_status").getText();
    String answer = element(".live-responses-table tbody .response-col_description").getText();

    screenshot("swagger-ui-xor.png");
    assertThat(status).startsWith("200");
    assertThat(answer)
        .contains("\"name\": \"xor\"", "\"epochs\": 10000", "\"status\": \"succeeded\"");
  }

  @Test
  void showsNothingThatTheContentSecurityPolicyForbids() {
    element(".opblock");

    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .filteredOn(entry -> !entry.getMessage().contains("favicon"))
        .isEmpty();
  }

  /// For whoever wants to see it.
  private void screenshot(String file) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(folder.resolve(file), browser.getScreenshotAs(OutputType.BYTES));
  }

  private WebElement element(String selector) {
    return wait.until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
  }

  private void click(String selector) {
    wait.until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector))).click();
  }
}

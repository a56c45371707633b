package dev.backprop.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest
@AutoConfigureMockMvc
class ProblemPagesTests {

  @Autowired private MockMvcTester mvc;

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void explainsEveryTypeToPeople(ProblemType type) {
    MvcTestResult result = get("/problems/" + type.slug(), "text/html,*/*");

    assertThat(result).hasStatusOk().hasContentTypeCompatibleWith("text/html");
    assertThat(result)
        .bodyText()
        .contains("<h1>" + type.title() + "</h1>", "HTTP " + type.status(), "href=\"/problems\"")
        .doesNotContain("<script", "%s", "`");
  }

  @Test
  void listsAllTypes() {
    MvcTestResult result = get("/problems", "*/*");

    assertThat(result).hasStatusOk();
    for (ProblemType type : ProblemType.values()) {
      assertThat(result).bodyText().contains("href=\"/problems/" + type.slug() + "\"");
    }
  }

  @Test
  void answersProgramsInJson() {
    assertThat(get("/problems/queue-full", "application/json"))
        .bodyJson()
        .extractingPath("$.status")
        .isEqualTo(429);
    assertThat(get("/problems", "application/json"))
        .bodyJson()
        .extractingPath("$[0].type")
        .isEqualTo("/problems/invalid-request");
  }

  @Test
  void knowsNoOtherTypes() {
    assertThat(get("/problems/nothing", "text/html")).hasStatus(404);
  }

  private MvcTestResult get(String path, String accept) {
    return mvc.get().uri(path).header("Accept", accept).exchange();
  }
}

package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Loss curves as pictures.
@EndToEnd
class LossPicturesTests {

  private static final String SVG = "image/svg+xml";

  private final Api api;

  LossPicturesTests(Api api) {
    this.api = api;
  }

  private String train(String name) {
    return api.train(
            """
            {"name": "%s", "validation": {"fraction": 0.25},
             "dataset": {"generator": {"type": "xor", "rows": 60, "noise": 0.1}},
             "training": {"epochs": 40}}"""
                .formatted(name))
        .at("/links/loss")
        .asString();
  }

  @Test
  void areSvg() {
    Reply reply = api.get(train("drawn") + "?maxPoints=20", "Accept", SVG).expect(200);
    assertThat(reply.header("Content-Type")).isEqualTo(SVG);
    assertThat(reply.body())
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"400\"")
        .contains(">drawn<", ">training<", ">validation<", ">best epoch: ", ">epoch<", ">loss");
    String curve = reply.body().split("<polyline", -1)[1];
    String points = curve.substring(curve.indexOf("points=\"") + 8, curve.indexOf("\"/>"));
    assertThat(points.split(" ", -1)).hasSizeBetween(10, 20);
  }

  @Test
  void arePng() throws Exception {
    HttpResponse<byte[]> reply;
    try (HttpClient client = HttpClient.newHttpClient()) {
      reply =
          client.send(
              HttpRequest.newBuilder(api.uri(train("painted")))
                  .header("Accept", "image/png")
                  .build(),
              BodyHandlers.ofByteArray());
    }
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("image/png");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(reply.body()));
    assertThat(picture.getWidth()).isEqualTo(600);
    assertThat(picture.getHeight()).isEqualTo(400);
  }

  @Test
  void areSentAgainOnlyAfterAChange() {
    String loss = train("cached");
    String tag = api.get(loss, "Accept", SVG).expect(200).header("ETag");
    Reply unchanged = api.get(loss, "Accept", SVG, "If-None-Match", tag).expect(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.header("ETag")).isEqualTo(tag);
    for (String form : new String[] {"image/png", "text/csv", "application/json"}) {
      Reply other = api.get(loss, "Accept", form, "If-None-Match", tag).expect(200);
      api.get(loss, "Accept", form, "If-None-Match", other.header("ETag")).expect(304);
    }
  }

  @Test
  void ofAJobThatWaitsAndOfOneThatTrainsAreTheirState() {
    try (Api.LongJob running = api.startLongJob("first").awaitFirstEpoch();
        Api.LongJob waiting = api.startLongJob("second")) {
      String loss = Api.JOBS + "/%s/loss";
      Reply empty = api.get(loss.formatted(waiting.id()), "Accept", SVG).expect(200);
      assertThat(empty.body()).contains(">second<", ">No epoch has ended yet.<");
      api.get(loss.formatted(waiting.id()), "Accept", "image/png").expect(200);
      Reply begun = api.get(loss.formatted(running.id()), "Accept", SVG).expect(200);
      assertThat(begun.body()).contains(">first<", ">best epoch: ").doesNotContain("No epoch");
    }
  }

  @Test
  void ofTooFewPointsAreRefused() {
    assertThat(api.get(train("few") + "?maxPoints=3", "Accept", SVG).expect(400).body())
        .contains("#/maxPoints", "maxPoints is 3, at least 10 are needed");
  }
}

package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Files as people have them: of several formats, encodings and packings, as bodies and in forms.
@EndToEnd
class FilesTests {

  private static final String[] CSV = {"Content-Type", "text/csv"};
  private static final String TABLE = "größe,farbe\n1.5,grün\n2,blau\n";

  private final Api api;

  FilesTests(Api api) {
    this.api = api;
  }

  @Test
  void ofTheSameTableAreTheSameDataSet() {
    byte[] table = TABLE.getBytes(StandardCharsets.UTF_8);
    String arff =
        """
        @relation colors
        @attribute größe numeric
        @attribute farbe {grün, blau}
        @data
        1.5, grün
        2, blau
        """;
    List<String> hashes =
        List.of(
            sha256(api.post(Api.DATASETS, TABLE.getBytes(StandardCharsets.UTF_16), CSV)),
            sha256(
                api.post(
                    Api.DATASETS + "?encoding=windows-1252",
                    TABLE.getBytes(StandardCharsets.ISO_8859_1),
                    CSV)),
            sha256(
                api.post(
                    Api.DATASETS,
                    TABLE.getBytes(StandardCharsets.ISO_8859_1),
                    "Content-Type",
                    "text/csv; charset=iso-8859-1")),
            sha256(api.postCsv(Api.DATASETS, TABLE.replace(',', ';').replace('.', ','))),
            sha256(
                api.postCsv(
                    Api.DATASETS + "?quote=%27&delimiter=%7C",
                    "'größe'|farbe\n1.5|'grün'\n2|blau\n")),
            sha256(
                api.post(
                    Api.DATASETS,
                    gzip(table),
                    "Content-Type",
                    "text/csv",
                    "Content-Encoding",
                    "gzip")),
            sha256(form("table.csv.gz", "application/gzip", gzip(table))),
            sha256(
                form(
                    "table.arff",
                    "application/octet-stream",
                    arff.getBytes(StandardCharsets.UTF_8))),
            sha256(api.post(Api.DATASETS, arff, "Content-Type", "text/x-arff")));
    assertThat(hashes).containsOnly(sha256(api.postCsv(Api.DATASETS, TABLE)));
  }

  @Test
  void haveTheNameThatTheyHaveThemselves() {
    String arff = "@relation weather\n@attribute a numeric\n@data\n1\n";
    Reply body = api.post(Api.DATASETS, arff, "Content-Type", "application/x-arff");
    assertThat(body.expect(201).json().get("name").asString()).isEqualTo("weather");
    JsonNode form =
        form(
                "iris.arff.gz",
                "application/octet-stream",
                gzip(arff.getBytes(StandardCharsets.UTF_8)))
            .expect(201)
            .json();
    assertThat(form.get("name").asString()).isEqualTo("iris");
  }

  @Test
  void withBadRowsAreTakenWithoutThem() {
    Reply created =
        api.postCsv(Api.DATASETS + "?onBadRows=skip&types=b:number", "a,b\n1,2\n3\n4,x\n5,6\n")
            .expect(201);
    JsonNode dataset = created.json();
    assertThat(dataset.get("rows").asInt()).isEqualTo(2);
    assertThat(dataset.get("rejected").toString())
        .isEqualTo(
            """
            {"rows":2,"first":[{"line":3,"detail":"line 3 has 1 field, the header has 2"},\
            {"line":4,"column":"b","detail":"'x' is not a number"}]}""");
    String path = Api.DATASETS + "/" + dataset.get("id").asString();
    assertThat(api.get(path).expect(200).json()).isEqualTo(dataset);
    assertThat(api.postCsv(Api.DATASETS, "a\n1\n").expect(201).json().has("rejected")).isFalse();
  }

  @Test
  void takeTheirParametersFromTheFormToo() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(
        body,
        "Content-Disposition: form-data; name=\"decimal\"",
        "comma".getBytes(StandardCharsets.UTF_8));
    part(
        body,
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"",
        "a;b\n1.234;5\n".getBytes(StandardCharsets.UTF_8));
    JsonNode dataset = send(body).expect(201).json();
    assertThat(dataset.at("/columns/0/max").asDouble()).isEqualTo(1234);
  }

  @Test
  void thatAreNoGzipAreRefused() {
    byte[] packed = gzip(TABLE.getBytes(StandardCharsets.UTF_8));
    String[] headers = {"Content-Type", "text/csv", "Content-Encoding", "gzip"};
    for (byte[] body : List.of(Arrays.copyOf(packed, 20), new byte[] {1, 2, 3}, new byte[0])) {
      assertThat(api.post(Api.DATASETS, body, headers).expect(422).json().get("detail").asString())
          .startsWith("The gzip data are ");
    }
    assertThat(api.post(Api.DATASETS, packed, CSV).expect(422).body())
        .contains("send it with Content-Encoding: gzip");
  }

  @Test
  void takesJsonPackedByGzip() {
    String[] headers = {"Content-Type", "application/json", "Content-Encoding", "gzip"};
    byte[] json = "{\"inputs\": [[1, 2]], \"targets\": [[3]]}".getBytes(StandardCharsets.UTF_8);
    byte[] packed = gzip(json);

    assertThat(api.post(Api.DATASETS, packed, headers).expect(201).json().get("rows").asInt())
        .isEqualTo(1);
    for (byte[] body : List.of(json, Arrays.copyOf(packed, packed.length - 9))) {
      assertThat(api.post(Api.DATASETS, body, headers).expect(422).json().get("detail").asString())
          .startsWith("The gzip data are ");
    }
    byte[] bomb =
        gzip(("{\"inputs\": [[1]]}" + " ".repeat(20_000_000)).getBytes(StandardCharsets.UTF_8));
    assertThat(api.post(Api.DATASETS, bomb, headers).status()).isEqualTo(413);
  }

  @Test
  void areHeldToTheLimitOfUploadsWhenTheyAreUnpacked() {
    byte[] packed = gzip("a,b\n".concat("1,2\n".repeat(300_000)).getBytes(StandardCharsets.UTF_8));
    assertThat(packed.length).isLessThan(10_000);
    assertThat(
            api.post(Api.DATASETS, packed, "Content-Type", "text/csv", "Content-Encoding", "gzip")
                .expect(413)
                .body())
        .contains("when it is unpacked, the limit of backprop.datasets.max-upload");
  }

  private Reply form(String file, String type, byte[] content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(
        body,
        "Content-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s"
            .formatted(file, type),
        content);
    return send(body);
  }

  private Reply send(ByteArrayOutputStream parts) {
    parts.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
    return api.post(
        Api.DATASETS, parts.toByteArray(), "Content-Type", "multipart/form-data; boundary=edge");
  }

  private static void part(ByteArrayOutputStream body, String headers, byte[] content) {
    body.writeBytes(("--edge\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(Reply created) {
    return created.expect(201).json().get("sha256").asString();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

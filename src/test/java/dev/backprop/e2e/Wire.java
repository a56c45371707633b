package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks HTTP/1.1 over bare sockets, so that nothing but the test decides which headers there are.
final class Wire {

  private static final int PATIENCE = 60_000;
  private static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private final Api api;

  Wire(Api api) {
    this.api = api;
  }

  Answer get(String path) {
    return send("GET " + path, List.of(), new byte[0]);
  }

  /// Posts JSON.
  Answer post(String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return send(
        "POST " + path,
        List.of("Content-Type: application/json", "Content-Length: " + body.length),
        body);
  }

  /// Posts JSON with binary tensors after it.
  Answer post(String path, String json, byte[] tensors) {
    byte[] body = join(json, tensors);
    return send(
        "POST " + path,
        List.of(
            "Content-Type: application/octet-stream",
            JSON_LENGTH + ": " + (body.length - tensors.length),
            "Content-Length: " + body.length),
        body);
  }

  static byte[] join(String json, byte[] tensors) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(tensors);
    return body.toByteArray();
  }

  /// A body in two chunks.
  static byte[] chunk(byte[] body) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    int half = body.length / 2;
    for (int from : new int[] {0, half}) {
      int length = from == 0 ? half : body.length - half;
      chunks.writeBytes("%x\r\n".formatted(length).getBytes(StandardCharsets.US_ASCII));
      chunks.write(body, from, length);
      chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return chunks.toByteArray();
  }

  /// Sends a request to this server by its right name.
  Answer send(String request, List<String> headers, byte[] body) {
    return sendTo("localhost", request, headers, body);
  }

  Answer sendTo(String host, String request, List<String> headers, byte[] body) {
    List<String> lines = new ArrayList<>(List.of(request + " HTTP/1.1", "Host: " + host));
    lines.add("Connection: close");
    lines.addAll(headers);
    String head = String.join("\r\n", lines) + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.uri("/").getPort())) {
      socket.setSoTimeout(PATIENCE);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      return Answer.read(request, new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(request, e);
    }
  }

  /// An answer, byte for byte.
  ///
  /// @param headers by their names in lower case
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(String request, int status, Map<String, String> headers, byte[] body) {

    static Answer read(String request, DataInputStream in) throws IOException {
      String status = line(in);
      assertThat(status).startsWith("HTTP/1.1 ");
      Map<String, String> headers = new HashMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      byte[] body;
      if ("chunked".equals(headers.get("transfer-encoding"))) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int size = hex(in); size > 0; size = hex(in)) {
          chunks.writeBytes(in.readNBytes(size));
          line(in);
        }
        body = chunks.toByteArray();
      } else {
        body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
      }
      return new Answer(request, Integer.parseInt(status.substring(9, 12)), headers, body);
    }

    private static int hex(DataInputStream in) throws IOException {
      return Integer.parseInt(line(in), 16);
    }

    private static String line(DataInputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
        line.append((char) c);
      }
      return line.toString().strip();
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    Answer expect(int expected) {
      assertThat(status).as(toString()).isEqualTo(expected);
      return this;
    }

    /// Checks that it is an error as the protocol has them, with these words.
    void expectError(int expected, String... words) {
      expect(expected);
      assertThat(header("content-type")).as(toString()).startsWith("application/json");
      JsonNode error = json();
      assertThat(error.propertyNames()).containsExactly("error");
      assertThat(error.get("error").asString()).contains(words);
    }

    /// The body, all of it JSON.
    JsonNode json() {
      assertThat(header("content-type")).as(toString()).startsWith("application/json");
      return JsonMapper.shared().readTree(body);
    }

    private int jsonLength() {
      return Integer.parseInt(header(JSON_LENGTH.toLowerCase(Locale.ROOT)));
    }

    /// The JSON before the tensors.
    JsonNode jsonHeader() {
      return JsonMapper.shared().readTree(body, 0, jsonLength());
    }

    /// The tensors after the JSON.
    ByteBuffer tensors() {
      return ByteBuffer.wrap(body, jsonLength(), body.length - jsonLength())
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String toString() {
      return request + " -> " + status + " " + new String(body, StandardCharsets.UTF_8);
    }
  }
}

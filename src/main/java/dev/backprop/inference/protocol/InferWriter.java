package dev.backprop.inference.protocol;

import dev.backprop.inference.Prediction;
import dev.backprop.model.Model;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes answers of the Open Inference Protocol: JSON, and the bytes of binary outputs after it.
@Component
class InferWriter {

  private final JsonMapper mapper;

  InferWriter(JsonMapper mapper) {
    this.mapper = mapper;
  }

  void write(
      Model model, Inference inference, List<Prediction> predictions, HttpServletResponse response)
      throws IOException {
    if (inference.outputs().stream().anyMatch(Inference.Wanted::binary)) {
      writeWithTensors(model, inference, predictions, response);
    } else {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      writeJson(model, inference, predictions, response.getOutputStream(), List.of());
    }
  }

  /// The JSON is kept until its length is known.
  private void writeWithTensors(
      Model model, Inference inference, List<Prediction> predictions, HttpServletResponse response)
      throws IOException {
    List<byte[]> tensors = new ArrayList<>();
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    writeJson(model, inference, predictions, json, tensors);
    response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    response.setHeader(InferHeaders.JSON_LENGTH, Integer.toString(json.size()));
    response.setContentLengthLong(
        json.size() + tensors.stream().mapToLong(tensor -> tensor.length).sum());
    OutputStream body = response.getOutputStream();
    json.writeTo(body);
    for (byte[] tensor : tensors) {
      body.write(tensor);
    }
  }

  private void writeJson(
      Model model,
      Inference inference,
      List<Prediction> predictions,
      OutputStream target,
      List<byte[]> tensors) {
    try (JsonGenerator out = mapper.createGenerator(target)) {
      out.writeStartObject();
      out.writeStringProperty("model_name", model.name());
      out.writeStringProperty("model_version", Integer.toString(model.version()));
      if (inference.id() != null) {
        out.writeStringProperty("id", inference.id());
      }
      out.writeArrayPropertyStart("outputs");
      for (Inference.Wanted wanted : inference.outputs()) {
        writeOutput(wanted, predictions, out, tensors);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void writeOutput(
      Inference.Wanted wanted,
      List<Prediction> predictions,
      JsonGenerator json,
      List<byte[]> tensors) {
    OutputTensor tensor = wanted.tensor();
    json.writeStartObject();
    json.writeStringProperty("name", tensor.name());
    json.writeStringProperty("datatype", tensor.datatype().name());
    json.writeArrayPropertyStart("shape");
    json.writeNumber(predictions.size());
    json.writeNumber(tensor.columns());
    json.writeEndArray();
    if (wanted.binary()) {
      byte[] bytes = bytes(tensor, predictions);
      tensors.add(bytes);
      json.writeObjectPropertyStart("parameters");
      json.writeNumberProperty("binary_data_size", bytes.length);
      json.writeEndObject();
    } else {
      json.writeArrayPropertyStart("data");
      for (Prediction prediction : predictions) {
        writeElements(tensor, prediction, json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeElements(
      OutputTensor tensor, Prediction prediction, JsonGenerator json) {
    for (int column = 0; column < tensor.columns(); column++) {
      switch (tensor.datatype()) {
        case BYTES -> json.writeString(tensor.text().apply(prediction));
        case BOOL -> json.writeBoolean(tensor.number().of(prediction, column) != 0);
        default -> json.writeNumber(tensor.number().of(prediction, column));
      }
    }
  }

  private static byte[] bytes(OutputTensor tensor, List<Prediction> predictions) {
    if (tensor.datatype() == Datatype.BYTES) {
      return texts(tensor, predictions);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(
                Math.multiplyExact(
                    predictions.size(), tensor.columns() * tensor.datatype().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Prediction prediction : predictions) {
      for (int column = 0; column < tensor.columns(); column++) {
        float number = tensor.number().of(prediction, column);
        if (tensor.datatype() == Datatype.BOOL) {
          bytes.put((byte) number);
        } else {
          bytes.putFloat(number);
        }
      }
    }
    return bytes.array();
  }

  private static byte[] texts(OutputTensor tensor, List<Prediction> predictions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Prediction prediction : predictions) {
      byte[] text = tensor.text().apply(prediction).getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(length.putInt(0, text.length).array());
      bytes.writeBytes(text);
    }
    return bytes.toByteArray();
  }
}

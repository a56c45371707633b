package dev.backprop.inference.protocol;

import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.inference.InferenceProperties;
import dev.backprop.model.Model;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonBinder;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Reads requests of the Open Inference Protocol: JSON, JSON with tensors after it, or the bytes of
/// one tensor alone. Every size is checked before there is room for it.
@Component
class InferReader {

  private static final int NAMED = 20;

  private final JsonBinder json;
  private final InferenceProperties properties;

  InferReader(JsonBinder json, InferenceProperties properties) {
    this.json = json;
    this.properties = properties;
  }

  /// Reads the body.
  ///
  /// @throws ProblemException with all that is wrong with it
  Inference read(Model model, HttpHeaders headers, InputStream body) throws IOException {
    long length = InferHeaders.jsonLength(headers);
    ModelTensors tensors = new ModelTensors(model);
    if (length == 0) {
      return readRaw(tensors, headers.getContentLength(), body);
    }
    boolean binary = length != InferHeaders.ALL;
    Bound<InferRequest> bound =
        json.bind(
            binary ? new Section(body, length) : body,
            binary ? length : headers.getContentLength(),
            InferRequest.class);
    InputErrors errors = new InputErrors();
    errors.addAll(bound.errors());
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
    InferRequest request = bound.value();
    checkModel(request, model, errors);
    List<Inference.Wanted> outputs = InferOutputs.wanted(request, tensors.outputs(), errors);
    List<TensorSpec> specs = specs(request, tensors, binary, errors);
    errors.throwIfAny(ProblemType.INVALID_REQUEST);
    checkSizes(
        specs, headers.getContentLength() - length, binary && headers.getContentLength() >= 0);
    return new Inference(
        request.id(), new InferInputs(tensors, read(specs, body, binary)), outputs);
  }

  private static void checkModel(InferRequest request, Model model, InputErrors errors) {
    String name = request.modelName();
    if (name != null && !name.equals(model.name())) {
      errors.add(
          "#/model_name",
          "the model of the path is '%s', not '%s'"
              .formatted(model.name(), JsonErrors.shorten(name)));
    }
    String version = request.modelVersion();
    if (version != null && !version.equals(Integer.toString(model.version()))) {
      errors.add(
          "#/model_version",
          "the version that answers is '%d', not '%s'"
              .formatted(model.version(), JsonErrors.shorten(version)));
    }
  }

  private List<TensorSpec> specs(
      InferRequest request, ModelTensors tensors, boolean binary, InputErrors errors) {
    List<InferRequest.@Nullable Input> inputs = request.inputs();
    if (inputs == null || inputs.isEmpty()) {
      errors.add("#/inputs", "is required: " + takes(tensors));
      return List.of();
    }
    InferRequest.Input only = inputs.size() == 1 ? inputs.getFirst() : null;
    boolean one =
        only != null && ModelTensors.INPUT.equals(only.name()) && tensors.takesOneTensor();
    Set<String> missing = new HashSet<>();
    if (!one) {
      tensors.features().forEach(feature -> missing.add(feature.name()));
    }
    Set<String> seen = new HashSet<>();
    Map<Integer, TensorSpec> specs = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      String pointer = "#/inputs/" + i;
      InferRequest.Input input = inputs.get(i);
      String name = input == null ? null : input.name();
      if (input == null || name == null) {
        errors.add(pointer + "/name", "is required: " + takes(tensors));
      } else if (!seen.add(name)) {
        errors.add(
            pointer + "/name", "the input '%s' is given twice".formatted(JsonErrors.shorten(name)));
      } else if (!missing.remove(name) && !one) {
        errors.add(
            pointer + "/name",
            "there is no input '%s'; %s".formatted(JsonErrors.shorten(name), takes(tensors)));
      } else {
        int columns = one ? tensors.features().size() : 1;
        TensorSpec spec =
            TensorSpec.of(input, pointer, columns, properties.maxRows(), binary, errors);
        if (spec != null) {
          specs.put(i, spec);
        }
      }
    }
    tensors.features().stream()
        .map(FeatureEncoder::name)
        .filter(missing::contains)
        .forEach(
            name ->
                errors.add("#/inputs", "the input '" + JsonErrors.shorten(name) + "' is missing"));
    checkRows(specs, errors);
    return new ArrayList<>(specs.values());
  }

  private static void checkRows(Map<Integer, TensorSpec> specs, InputErrors errors) {
    int rows = specs.values().stream().mapToInt(TensorSpec::rows).findFirst().orElse(0);
    specs.forEach(
        (i, spec) -> {
          if (spec.rows() != rows) {
            errors.add(
                "#/inputs/" + i + "/shape",
                "%d rows, where the first input has %d".formatted(spec.rows(), rows));
          }
        });
  }

  private static String takes(ModelTensors tensors) {
    List<TensorMetadata> inputs = tensors.inputMetadata();
    String shown =
        inputs.stream()
            .limit(NAMED)
            .map(
                input ->
                    "'%s' (%s, %s)"
                        .formatted(
                            JsonErrors.shorten(input.name()), input.datatype(), input.shape()))
            .collect(Collectors.joining(", "));
    String rest = inputs.size() > NAMED ? " and " + (inputs.size() - NAMED) + " more" : "";
    String other = tensors.takesOneTensor() ? ", or a tensor for each feature by its name" : "";
    return "the model takes " + shown + rest + other;
  }

  private void checkSizes(List<TensorSpec> specs, long given, boolean known) {
    long limit = Math.min(properties.maxTensors().toBytes(), Integer.MAX_VALUE - 8);
    long sum = 0;
    for (TensorSpec spec : specs) {
      long size = Math.max(0, spec.size());
      if (size > limit - sum) {
        throw tooLarge(limit);
      }
      sum += size;
    }
    if (known && given != sum) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "The tensors have %d bytes by their binary_data_size, but %d follow the JSON."
              .formatted(sum, given));
    }
  }

  private static ProblemException tooLarge(long limit) {
    return new ProblemException(
        ProblemType.PAYLOAD_TOO_LARGE,
        "The binary tensors have more than %d bytes, the limit of backprop.inference.max-tensors."
            .formatted(limit));
  }

  private static Map<String, InputTensor> read(
      List<TensorSpec> specs, InputStream body, boolean binary) throws IOException {
    BinaryTensors bytes = new BinaryTensors(body);
    Map<String, InputTensor> tensors = new HashMap<>();
    for (TensorSpec spec : specs) {
      TensorData data = spec.data();
      Elements elements =
          data != null
              ? data
              : BinaryTensors.elements(
                  spec.name(),
                  spec.datatype(),
                  spec.rows() * spec.columns(),
                  bytes.bytes(spec.name(), (int) spec.size()));
      tensors.put(
          spec.name(),
          new InputTensor(spec.name(), spec.datatype(), spec.rows(), spec.columns(), elements));
    }
    if (binary) {
      bytes.end();
    }
    return tensors;
  }

  /// The body is the one tensor: so many rows as it has bytes for.
  private Inference readRaw(ModelTensors tensors, long given, InputStream body) throws IOException {
    if (!tensors.takesOneTensor()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "A request without JSON needs a model of one tensor; " + takes(tensors) + ".");
    }
    int columns = tensors.features().size();
    long rowBytes = (long) Float.BYTES * columns;
    long limit = Math.min(properties.maxTensors().toBytes(), rowBytes * properties.maxRows());
    if (given > limit) {
      throw rawTooLarge(limit);
    }
    TensorBytes bytes = TensorBytes.read(body, (int) Math.min(Integer.MAX_VALUE - 8, limit + 1));
    if (bytes.size() > limit) {
      throw rawTooLarge(limit);
    }
    if (bytes.size() == 0 || bytes.size() % rowBytes != 0) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "The body has %d bytes; a row of %d FP32 elements has %d."
              .formatted(bytes.size(), columns, rowBytes));
    }
    int rows = (int) (bytes.size() / rowBytes);
    Elements elements = new Elements.Fixed(Datatype.FP32, bytes, rows * columns);
    InputTensor input = new InputTensor(ModelTensors.INPUT, Datatype.FP32, rows, columns, elements);
    List<Inference.Wanted> all =
        tensors.outputs().stream().map(output -> new Inference.Wanted(output, true)).toList();
    return new Inference(null, new InferInputs(tensors, Map.of(ModelTensors.INPUT, input)), all);
  }

  private static ProblemException rawTooLarge(long limit) {
    return new ProblemException(
        ProblemType.PAYLOAD_TOO_LARGE,
        "The tensor has more than %d bytes, by the limits of backprop.inference.max-tensors and backprop.inference.max-rows."
            .formatted(limit));
  }
}

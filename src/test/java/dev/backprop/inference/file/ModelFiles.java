package dev.backprop.inference.file;

import dev.backprop.dataset.DatasetProperties;
import dev.backprop.inference.SampleModels;
import dev.backprop.model.Model;
import dev.backprop.problem.JsonBinder;
import dev.backprop.system.json.HttpProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Model files, written, read and spoiled as the server does it and as nobody should.
public final class ModelFiles {

  private static final AnnotationConfigApplicationContext CONTEXT =
      new AnnotationConfigApplicationContext(Application.class);

  static final JsonMapper JSON = CONTEXT.getBean(JsonMapper.class);
  static final ModelFileReader READER =
      new ModelFileReader(CONTEXT.getBean(JsonBinder.class), SampleModels.PREDICTOR);
  static final ModelFileWriter WRITER = new ModelFileWriter(JSON, SampleModels.PREDICTOR);

  private ModelFiles() {}

  static byte[] write(Model model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      WRITER.export(model).writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// The bytes of each entry by its name.
  static Map<String, byte[]> unpack(byte[] file) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (StoredZipReader.Entry entry : StoredZipReader.read(file)) {
      byte[] bytes = new byte[entry.length()];
      entry.littleEndian().get(bytes);
      entries.put(entry.name(), bytes);
    }
    return entries;
  }

  /// Packs entries as they are.
  static byte[] pack(Map<String, byte[]> entries) {
    List<StoredZip.Source> sources = new ArrayList<>();
    entries.forEach(
        (name, bytes) -> sources.add(StoredZip.Source.of(name, out -> out.write(bytes))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      StoredZip.write(sources, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// A file with another entry in place of one, and a manifest that agrees.
  static byte[] with(byte[] file, String name, UnaryOperator<byte[]> change) {
    Map<String, byte[]> entries = unpack(file);
    entries.computeIfPresent(name, (_, bytes) -> change.apply(bytes));
    List<Fingerprint> parts = new ArrayList<>();
    entries.forEach(
        (entry, bytes) -> {
          if (!entry.equals(Manifest.NAME)) {
            parts.add(Fingerprint.of(entry, out -> out.write(bytes)));
          }
        });
    entries.put(Manifest.NAME, JSON.writeValueAsBytes(Manifest.of(parts)));
    return pack(entries);
  }

  /// A file whose JSON has another value at a place, and a manifest that agrees.
  ///
  /// @param pointer to a field of an object that is there
  /// @param value as JSON, or null to take the field away
  public static byte[] with(byte[] file, String name, String pointer, @Nullable String value) {
    return with(
        file,
        name,
        bytes -> {
          JsonNode tree = JSON.readTree(bytes);
          int slash = pointer.lastIndexOf('/');
          JsonNode parent = tree.at(pointer.substring(0, slash));
          String field = pointer.substring(slash + 1);
          switch (parent) {
            case ObjectNode object -> {
              if (value == null) {
                object.remove(field);
              } else {
                object.set(field, JSON.readTree(value));
              }
            }
            case ArrayNode array -> array.set(Integer.parseInt(field), JSON.readTree(value));
            default -> throw new IllegalArgumentException(pointer);
          }
          return JSON.writeValueAsBytes(tree);
        });
  }

  @Configuration(proxyBeanMethods = false)
  @ComponentScan(basePackageClasses = HttpProperties.class)
  @ImportAutoConfiguration({JacksonAutoConfiguration.class, ValidationAutoConfiguration.class})
  @EnableConfigurationProperties({HttpProperties.class, DatasetProperties.class})
  static class Application {}
}

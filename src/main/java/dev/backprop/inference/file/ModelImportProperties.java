package dev.backprop.inference.file;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of models that come from elsewhere.
///
/// @param maxImport the largest model file to import
@ConfigurationProperties("backprop.models")
public record ModelImportProperties(@DefaultValue("128MB") DataSize maxImport) {}

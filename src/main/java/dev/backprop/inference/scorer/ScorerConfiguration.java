package dev.backprop.inference.scorer;

import dev.backprop.inference.export.ExportFormat;
import dev.backprop.inference.export.ModelExporter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// An exporter for each language.
@Configuration(proxyBeanMethods = false)
class ScorerConfiguration {

  @Bean
  ModelExporter javaScorer() {
    return new ScorerExporter(ExportFormat.JAVA, new JavaLanguage());
  }

  @Bean
  ModelExporter javaScriptScorer() {
    return new ScorerExporter(ExportFormat.JAVASCRIPT, new JavaScriptLanguage());
  }

  @Bean
  ModelExporter pythonScorer() {
    return new ScorerExporter(ExportFormat.PYTHON, new PythonLanguage());
  }

  @Bean
  ModelExporter cScorer() {
    return new ScorerExporter(ExportFormat.C, new CLanguage());
  }
}

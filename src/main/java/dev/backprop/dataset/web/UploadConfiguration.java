package dev.backprop.dataset.web;

import dev.backprop.dataset.DatasetProperties;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.servlet.MultipartConfigFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/// Holds multipart bodies to the limit of uploads, so that there is one limit to set.
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

  /// Room for the part's headers and the other fields of the form.
  private static final DataSize FORM = DataSize.ofKilobytes(64);

  @Bean
  MultipartConfigElement multipartConfigElement(DatasetProperties properties) {
    MultipartConfigFactory factory = new MultipartConfigFactory();
    factory.setMaxFileSize(properties.maxUpload());
    factory.setMaxRequestSize(DataSize.ofBytes(properties.maxUpload().toBytes() + FORM.toBytes()));
    return factory.createMultipartConfig();
  }
}

package dev.backprop.system.json;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of what is read from a connection.
///
/// @param maxJsonBody the largest JSON body that is read, data sets apart
@ConfigurationProperties("backprop.http")
public record HttpProperties(@DefaultValue("16MB") DataSize maxJsonBody) {}

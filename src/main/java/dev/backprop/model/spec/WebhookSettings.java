package dev.backprop.model.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// Whom to tell that a job has ended.
///
/// @param url that is posted to
public record WebhookSettings(
    @Schema(
            description =
                "Its host must be among those of backprop.webhooks.allowed-hosts; nothing but https"
                    + " is taken.",
            example = "https://hooks.example.com/jobs")
        @NotNull(message = "the URL to post to is needed")
        @Nullable String url) {}

package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A training, as it was when the server answered.
///
/// @param id to ask for it again
/// @param name of the model that it makes a version of
/// @param status such as `queued`, `running` or `succeeded`
/// @param stopReason why it ended, or null
/// @param createdAt when it was put into the queue
/// @param finishedAt when it ended, or null
/// @param progress how far it is, or null
/// @param model what it made, or null
/// @param error what went wrong, or null
@JsonIgnoreProperties(ignoreUnknown = true)
public record Job(
    String id,
    String name,
    String status,
    @Nullable String stopReason,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable Progress progress,
    @Nullable ModelReference model,
    @Nullable Failure error) {

  /// Whether it has ended.
  public boolean isFinished() {
    return finishedAt != null;
  }

  /// How far it is.
  ///
  /// @param fraction of the epochs, from 0 to 1
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Progress(int epoch, int epochs, double fraction) {}

  /// A version of a model.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ModelReference(String name, int version) {}

  /// What went wrong.
  ///
  /// @param code such as `diverged`
  /// @param detail what happened, and what to try
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Failure(String code, String detail) {}
}

package dev.backprop.problem;

import java.util.Locale;

/// Everything that can go wrong for a caller, with the page that `/problems/{slug}` serves about
/// it.
public enum ProblemType {
  /// The request could not be read as what the operation takes.
  INVALID_REQUEST(
      400,
      "The request is not valid",
      "The body or a parameter could not be read: JSON that is not well-formed, a field that does"
          + " not exist, a value of the wrong type, a required field left out.",
      "Look at `errors`: each entry points at a place in the request and says what is expected"
          + " there. The document at `/v3/api-docs` has every field."),
  /// No key, or one that is not known.
  UNAUTHORIZED(
      401,
      "A key is needed",
      "The server is set up with API keys and the request carries none that it knows.",
      "Send `Authorization: Bearer <key>` with one of the keys in `backprop.security.api-keys`."),
  /// The request named a host that the server does not answer for.
  HOST_NOT_ALLOWED(
      400,
      "The host is not allowed",
      "The `Host` header names a host that this server does not answer for. The list protects a"
          + " server on a private address from pages that rebind their own name to it.",
      "Call the server by an allowed name, or add this one to `backprop.security.allowed-hosts`."),
  /// No such resource.
  NOT_FOUND(
      404,
      "Not found",
      "There is nothing at this address: the id or name is wrong, or the resource was deleted.",
      "List what exists with a GET on the collection; `/swagger-ui.html` shows every path."),
  /// The path exists, the method does not.
  METHOD_NOT_ALLOWED(
      405,
      "The method is not allowed here",
      "The path exists but does not take this HTTP method.",
      "Use one of the methods in the `Allow` header."),
  /// None of the accepted media types can be produced.
  NOT_ACCEPTABLE(
      406,
      "No acceptable representation",
      "The operation cannot answer in any of the media types in the `Accept` header.",
      "Ask for one of the types that the detail names, or leave `Accept` out for JSON."),
  /// The resource is in a state that forbids the operation.
  CONFLICT(
      409,
      "The state of the resource forbids this",
      "The operation does not fit the present state of the resource, such as deleting a data set"
          + " that a job is using.",
      "Look at the resource's present state, wait or end what stands in the way, and repeat."),
  /// The first request with the same key is still being answered.
  IDEMPOTENCY_KEY_IN_USE(
      409,
      "The first request with this key is still being answered",
      "Another request with the same `Idempotency-Key` has come before and is not answered yet.",
      "Send the same request again after the seconds in `Retry-After`: it gets the first one's"
          + " reply, or, if that failed, is tried anew."),
  /// A model is not as good as the gate of an alias demands.
  GATE_NOT_PASSED(
      409,
      "The model does not pass the gate",
      "The alias has a gate, which demands a metric on a data set of every version that the alias"
          + " points at, and this version does not reach it. The alias is as it was.",
      "Train a better version, or set another gate or none if this one demands too much."),
  /// `If-Match` or `If-None-Match` does not hold.
  PRECONDITION_FAILED(
      412,
      "The resource has changed meanwhile",
      "The request is for a state of the resource, in `If-Match` or `If-None-Match`, that is not its"
          + " present one. Nothing was changed.",
      "Read the resource again, and repeat with its present `ETag` if the change still makes sense."
          + " That of a job that trains changes with every epoch: pause it first, or leave `If-Match`"
          + " out."),
  /// The body is larger than the limit.
  PAYLOAD_TOO_LARGE(
      413,
      "The body is too large",
      "The body is larger than the limit for its kind.",
      "Send less at once, or raise the property that the detail names."),
  /// The body is of a media type that the operation does not take.
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The media type is not supported",
      "The operation does not take a body of this `Content-Type`.",
      "Send one of the types that the detail names."),
  /// The key was used for something else.
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The key belongs to another request",
      "A request with the same `Idempotency-Key` was answered before, but its address, its body or"
          + " the type of its body was another.",
      "Take a new key for each thing that you want done, such as a random UUID, and repeat a"
          + " request as it was."),
  /// Read, but what it asks for makes no sense or does not fit the data.
  INVALID_SPECIFICATION(
      422,
      "The specification does not work",
      "The request was read, but what it asks for cannot be done: settings that do not fit each"
          + " other, or columns that the data set does not have.",
      "Look at `errors`: each entry points at a place in the request and says what would work."),
  /// The data cannot be used as it is.
  INVALID_DATA(
      422,
      "The data cannot be used as it is",
      "The data was read but is not a table of numbers and categories that a network can learn"
          + " from: rows of unequal length, no rows, numbers beyond the range of a 32-bit float.",
      "Look at `errors`: each entry names the row or the line and column, and what is wrong there."),
  /// A file that is to become a model, and cannot.
  INVALID_MODEL(
      422,
      "The model file cannot be used",
      "The file is not a model that this server can read: it is damaged or cut off, of another kind,"
          + " or its parts do not fit each other. Nothing was kept of it.",
      "Look at the detail, which names the part of the file, and at `errors`, which point into its"
          + " JSON. Export the model anew, and send the file as it was exported."),
  /// Within reason, but over a limit of this server.
  LIMIT_EXCEEDED(
      422,
      "A limit of the server is exceeded",
      "The request asks for more than this server allows; nothing was allocated for it.",
      "Ask for less, or raise the property that the detail names."),
  /// The queue is full.
  QUEUE_FULL(
      429,
      "The queue is full",
      "As many jobs are waiting as the queue holds, or as one caller may have in it.",
      "Send the same request again after the seconds in `Retry-After`."),
  /// As many clients are watching as may.
  TOO_MANY_STREAMS(
      429,
      "Too many streams are open",
      "As many clients are watching jobs live as this server allows.",
      "Try again after the seconds in `Retry-After`, close streams that are no longer needed, or"
          + " poll the events as JSON."),
  /// A mistake of the server.
  INTERNAL(
      500,
      "The server made a mistake",
      "Something failed that should not have. The server's log has the details.",
      "Try again; if it stays, report the request with the time of the failure."),
  /// Shutting down, for example.
  UNAVAILABLE(
      503,
      "The server cannot do this now",
      "The server is starting or shutting down.",
      "Try again in a few seconds."),
  /// The memory for data sets or models is used up.
  INSUFFICIENT_STORAGE(
      507,
      "No room is left",
      "The memory set aside for data sets or models is used up.",
      "Delete what is no longer needed, or raise the property that the detail names.");

  private final int status;
  private final String title;
  private final String explanation;
  private final String remedy;

  ProblemType(int status, String title, String explanation, String remedy) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
    this.remedy = remedy;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The short title, the same for every occurrence.
  public String title() {
    return title;
  }

  /// What the problem means, for its page.
  public String explanation() {
    return explanation;
  }

  /// What to do about it, for its page.
  public String remedy() {
    return remedy;
  }

  /// The last part of the type's address: `/problems/{slug}`.
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

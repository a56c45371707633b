package dev.backprop.e2e;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request with something wrong in it, and the answer that helps.
///
/// `{dataset}`, `{job}` and `{model}` in its path and body stand for what is there.
///
/// @param name what is wrong
/// @param headers names and values in turn
/// @param body null for none
/// @param status of the answer
/// @param slug of the problem's type
/// @param answers each a place in the request and words about it that name the remedy
@SuppressWarnings("ArrayRecordComponent")
record Mistake(
    String name,
    String method,
    String path,
    String[] headers,
    @Nullable String body,
    int status,
    String slug,
    List<Answer> answers) {

  /// Where and in which words the answer speaks of the mistake.
  ///
  /// @param place a JSON Pointer, `line 3` or `line 3, column a`; empty for the request as a whole
  /// @param words in the detail
  record Answer(String place, String words) {}

  static Mistake get(String name, String path, String... headers) {
    return new Mistake(name, "GET", path, headers, null, 0, "", List.of());
  }

  static Mistake delete(String name, String path) {
    return new Mistake(name, "DELETE", path, new String[0], null, 0, "", List.of());
  }

  static Mistake post(String name, String path, String body, String... headers) {
    return new Mistake(name, "POST", path, headers, body, 0, "", List.of());
  }

  static Mistake patch(String name, String path, String body, String... headers) {
    return new Mistake(name, "PATCH", path, headers, body, 0, "", List.of());
  }

  static Mistake csv(String name, String query, String body) {
    return post(name, Api.DATASETS + query, body, "Content-Type", "text/csv");
  }

  /// The setting of an alias of the model.
  static Mistake alias(String name, String alias, String body, String... headers) {
    return new Mistake(
        name, "PUT", Api.MODELS + "/{model}/aliases/" + alias, headers, body, 0, "", List.of());
  }

  static Mistake evaluate(String name, String body) {
    return post(name, Api.MODELS + "/{model}/evaluate", body);
  }

  static Mistake job(String name, String body) {
    return post(name, Api.JOBS, body);
  }

  /// A job on a good data set.
  static Mistake jobWith(String name, String settings) {
    return job(name, "{\"dataset\": {\"id\": \"{dataset}\"}, " + settings + "}");
  }

  static Mistake training(String name, String settings) {
    return jobWith(name, "\"training\": {" + settings + "}");
  }

  static Mistake network(String name, String settings) {
    return jobWith(name, "\"network\": {" + settings + "}");
  }

  /// A job on these data.
  static Mistake data(String name, String data) {
    return job(name, "{\"dataset\": " + data + "}");
  }

  static Mistake predict(String name, String body) {
    return post(name, Api.MODELS + "/{model}/predict", body);
  }

  /// The answer that is expected, and one place.
  Mistake gives(int status, String slug, String place, String words) {
    return new Mistake(
        name, method, path, headers, body, status, slug, List.of(new Answer(place, words)));
  }

  /// One more place that the same answer has.
  Mistake and(String place, String words) {
    List<Answer> more = new ArrayList<>(answers);
    more.add(new Answer(place, words));
    return new Mistake(name, method, path, headers, body, status, slug, List.copyOf(more));
  }

  @Override
  public String toString() {
    return name;
  }
}

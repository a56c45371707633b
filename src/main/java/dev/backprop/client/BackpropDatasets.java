package dev.backprop.client;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/// Tables to learn from.
///
/// Errors are [BackpropException]s where [BackpropErrors] is set up.
@HttpExchange("/api/v1/datasets")
public interface BackpropDatasets {

  /// Uploads a table.
  ///
  /// @param csv with a header, in UTF-8
  @PostExchange(contentType = "text/csv;charset=UTF-8")
  Dataset uploadCsv(@RequestParam("name") String name, @RequestBody String csv);

  /// Describes a data set.
  @GetExchange("/{id}")
  Dataset get(@PathVariable("id") String id);

  /// Deletes a data set.
  @DeleteExchange("/{id}")
  void delete(@PathVariable("id") String id);
}

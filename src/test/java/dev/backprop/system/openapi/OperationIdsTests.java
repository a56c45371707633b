package dev.backprop.system.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationIdsTests {

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/jobs, limit, listJobs",
    "POST, /api/v1/jobs, , createJob",
    "GET, /api/v1/jobs/{id}, , getJob",
    "DELETE, /api/v1/jobs/{id}, , deleteJob",
    "PATCH, /api/v1/jobs/{id}, , updateJob",
    "POST, /api/v1/jobs/{id}/cancel, , cancelJob",
    "POST, /api/v1/jobs:plan, , planJobs",
    "GET, /api/v1/jobs/{id}/loss, maxPoints, getJobLoss",
    "GET, /api/v1/models/{name}/versions, limit, listModelVersions",
    "POST, /api/v1/models/{name}/versions/{version}/predict, topK, predictModelVersion",
    "PUT, /api/v1/models/{name}/aliases/{alias}, , setModelAlias",
    "GET, /api/v1/datasets/{id}/profile.svg, , getDatasetProfileSvg",
    "GET, /v2, , getInference",
    "GET, /v2/models/{name}/ready, , getInferenceModelReady",
    "POST, /v2/models/{name}/infer, , inferInferenceModel"
  })
  void followFromMethodAndPath(HttpMethod method, String path, String parameter, String id) {
    Operation operation = new Operation().operationId("list_1");
    if (parameter != null) {
      operation.addParametersItem(new QueryParameter().name(parameter));
    }
    PathItem item = new PathItem();
    item.operation(method, operation);
    new OperationIds().customise(new OpenAPI().paths(new Paths().addPathItem(path, item)));
    assertThat(operation.getOperationId()).isEqualTo(id);
  }
}

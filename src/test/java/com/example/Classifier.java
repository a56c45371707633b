package com.example;

import dev.backprop.client.BackpropModels;
import dev.backprop.client.PredictRequest;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.web.service.registry.ImportHttpServices;

@Service
@ImportHttpServices(group = "backprop", types = BackpropModels.class)
public class Classifier {

  private final BackpropModels models;

  public Classifier(BackpropModels models) {
    this.models = models;
  }

  public String label(String model, Map<String, Object> row) {
    return models.predict(model, PredictRequest.row(row)).first().label();
  }
}

package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.core.train.AdaDelta;
import dev.backprop.core.train.AdaGrad;
import dev.backprop.core.train.Adam;
import dev.backprop.core.train.AdamW;
import dev.backprop.core.train.AmsGrad;
import dev.backprop.core.train.Lbfgs;
import dev.backprop.core.train.Lion;
import dev.backprop.core.train.Nadam;
import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.RmsProp;
import dev.backprop.core.train.Rprop;
import dev.backprop.core.train.Sgd;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How gradients become steps.
@Schema(
    description =
        "How gradients become steps. By default adam. θ are the parameters, g is the gradient, η"
            + " the learning rate, t the number of the step.")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SgdSettings.class, name = "sgd"),
  @JsonSubTypes.Type(value = AdaGradSettings.class, name = "adaGrad"),
  @JsonSubTypes.Type(value = RmsPropSettings.class, name = "rmsProp"),
  @JsonSubTypes.Type(value = AdaDeltaSettings.class, name = "adaDelta"),
  @JsonSubTypes.Type(value = AdamSettings.class, name = "adam"),
  @JsonSubTypes.Type(value = AdamWSettings.class, name = "adamW"),
  @JsonSubTypes.Type(value = NadamSettings.class, name = "nadam"),
  @JsonSubTypes.Type(value = AmsGradSettings.class, name = "amsGrad"),
  @JsonSubTypes.Type(value = LionSettings.class, name = "lion"),
  @JsonSubTypes.Type(value = RpropSettings.class, name = "rprop"),
  @JsonSubTypes.Type(value = LbfgsSettings.class, name = "lbfgs")
})
public sealed interface OptimizerSettings
    permits SgdSettings,
        AdaGradSettings,
        RmsPropSettings,
        AdaDeltaSettings,
        AdamSettings,
        AdamWSettings,
        NadamSettings,
        AmsGradSettings,
        LionSettings,
        RpropSettings,
        LbfgsSettings {

  /// The complete settings of an optimizer.
  static OptimizerSettings of(Optimizer optimizer) {
    return switch (optimizer) {
      case Sgd sgd -> SgdSettings.of(sgd);
      case AdaGrad adaGrad -> AdaGradSettings.of(adaGrad);
      case RmsProp rmsProp -> RmsPropSettings.of(rmsProp);
      case AdaDelta adaDelta -> AdaDeltaSettings.of(adaDelta);
      case Adam adam -> AdamSettings.of(adam);
      case AdamW adamW -> AdamWSettings.of(adamW);
      case Nadam nadam -> NadamSettings.of(nadam);
      case AmsGrad amsGrad -> AmsGradSettings.of(amsGrad);
      case Lion lion -> LionSettings.of(lion);
      case Rprop rprop -> RpropSettings.of(rprop);
      case Lbfgs lbfgs -> LbfgsSettings.of(lbfgs);
    };
  }

  /// The optimizer of these settings, defaults filled in.
  ///
  /// @throws IllegalArgumentException if settings do not fit each other
  Optimizer toOptimizer();

  /// A setting, or its default.
  static double or(@Nullable Double value, double defaultValue) {
    return value == null ? defaultValue : value;
  }
}

package dev.backprop.search;

import dev.backprop.job.Trials;
import dev.backprop.model.ModelRepository;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the searches together.
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

  @Bean
  SearchOperator searchOperator(
      SearchPlanner planner,
      JobJson json,
      Trials trials,
      ModelRepository models,
      Clock clock,
      SearchProperties limits) {
    return new SearchOperator(
        planner,
        new SearchRun.Tools(
            (search, candidate) -> json.bind(search.space(), search.job(), candidate),
            trials::start,
            models::add,
            clock),
        limits);
  }
}

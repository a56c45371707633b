package dev.backprop.job;

class InMemoryJobRepositoryTests extends JobRepositoryContract {

  @Override
  JobRepository repository(int retained) {
    return new InMemoryJobRepository(JobService.properties(retained));
  }
}

package dev.backprop.model;

class InMemoryModelRepositoryTests extends ModelRepositoryContract {

  @Override
  ModelRepository repository() {
    return new InMemoryModelRepository();
  }
}

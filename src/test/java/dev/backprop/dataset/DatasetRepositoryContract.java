package dev.backprop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/// What every [DatasetRepository] does.
abstract class DatasetRepositoryContract {

  /// An empty repository with room for some bytes.
  abstract DatasetRepository repository(long bytes);

  @Test
  void findsWhatWasSaved() {
    DatasetRepository repository = repository(1000);
    Dataset saved = dataset(1, 1);
    repository.save(saved);
    assertThat(repository.find(saved.id()).orElseThrow().sha256()).isEqualTo(saved.sha256());
    assertThat(repository.find("ds_other")).isEmpty();
  }

  @Test
  void listsNewestFirstPageByPage() {
    DatasetRepository repository = repository(1000);
    IntStream.of(3, 1, 5, 2, 4).forEach(number -> repository.save(dataset(number, 1)));
    List<List<String>> pages = new ArrayList<>();
    Page<Dataset> page = repository.list(new PageRequest(2, null));
    while (page.next() != null) {
      pages.add(page.map(Dataset::id).data());
      page = repository.list(new PageRequest(2, page.next()));
    }
    pages.add(page.map(Dataset::id).data());
    assertThat(pages).containsExactly(List.of(id(5), id(4)), List.of(id(3), id(2)), List.of(id(1)));
  }

  @Test
  void listsOnFromACursorWhoseDatasetIsGone() {
    DatasetRepository repository = repository(1000);
    IntStream.rangeClosed(1, 3).forEach(number -> repository.save(dataset(number, 1)));
    repository.delete(id(2));
    assertThat(repository.list(new PageRequest(2, id(2))).map(Dataset::id).data())
        .containsExactly(id(1));
  }

  @Test
  void endsWithoutACursorWhenTheLastPageIsFull() {
    DatasetRepository repository = repository(1000);
    IntStream.rangeClosed(1, 2).forEach(number -> repository.save(dataset(number, 1)));
    assertThat(repository.list(new PageRequest(2, null)).next()).isNull();
  }

  @Test
  void deletesOnce() {
    DatasetRepository repository = repository(1000);
    repository.save(dataset(1, 1));
    repository.delete(id(1));
    assertThat(repository.find(id(1))).isEmpty();
    assertThatProblem(ProblemType.NOT_FOUND, () -> repository.delete(id(1)));
  }

  @Test
  void keepsWhatIsInUse() {
    DatasetRepository repository = repository(1000);
    repository.save(dataset(1, 1));
    DatasetRepository.Lease first = repository.lease(id(1));
    DatasetRepository.Lease second = repository.lease(id(1));
    assertThat(first.dataset().id()).isEqualTo(id(1));
    assertThatProblem(ProblemType.CONFLICT, () -> repository.delete(id(1)))
        .withMessageContaining("2 jobs");
    first.close();
    first.close();
    assertThatProblem(ProblemType.CONFLICT, () -> repository.delete(id(1)))
        .withMessageContaining("1 job");
    second.close();
    repository.delete(id(1));
    assertThat(repository.find(id(1))).isEmpty();
  }

  @Test
  void leasesOnlyWhatIsThere() {
    assertThatProblem(ProblemType.NOT_FOUND, () -> repository(1000).lease(id(1)));
  }

  @Test
  void savesAndLeasesInOneStep() {
    DatasetRepository repository = repository(1000);
    try (DatasetRepository.Lease lease = repository.saveAndLease(dataset(1, 1))) {
      assertThat(lease.dataset().id()).isEqualTo(id(1));
      assertThatProblem(ProblemType.CONFLICT, () -> repository.delete(id(1)));
    }
    repository.delete(id(1));
    assertThat(repository.find(id(1))).isEmpty();
  }

  @Test
  void leasesEqualContentThatIsKeptInPlaceOfAnotherCopy() {
    DatasetRepository repository = repository(8);
    repository.save(dataset(1, 2));
    DatasetRepository.Lease first = repository.saveAndLease(dataset(2, 2));
    DatasetRepository.Lease second = repository.saveAndLease(dataset(3, 2));
    assertThat(first.dataset().id()).isEqualTo(id(1));
    assertThat(second.dataset().id()).isEqualTo(id(1));
    assertThat(repository.list(new PageRequest(10, null)).data()).hasSize(1);
    assertThatProblem(ProblemType.CONFLICT, () -> repository.delete(id(1)))
        .withMessageContaining("2 jobs");
    first.close();
    second.close();
    repository.delete(id(1));
    try (DatasetRepository.Lease third = repository.saveAndLease(dataset(4, 2))) {
      assertThat(third.dataset().id()).isEqualTo(id(4));
    }
  }

  @Test
  void keepsOneOfManyEqualDatasetsThatComeAtOnce() throws Exception {
    DatasetRepository repository = repository(16);
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<String>> leased = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int number = 1; number <= threads; number++) {
        Dataset dataset = dataset(number, 4);
        leased.add(
            executor.submit(
                () -> {
                  start.await();
                  try (DatasetRepository.Lease lease = repository.saveAndLease(dataset)) {
                    return lease.dataset().id();
                  }
                }));
      }
    }
    Set<String> ids = new HashSet<>();
    for (Future<String> id : leased) {
      ids.add(id.get());
    }
    assertThat(ids).hasSize(1);
    repository.delete(ids.iterator().next());
    assertThat(repository.list(new PageRequest(10, null)).data()).isEmpty();
  }

  @Test
  void saysWhetherThereIsRoomAndTakesNone() {
    DatasetRepository repository = repository(20);
    repository.save(dataset(1, 3));
    repository.requireRoom(dataset(2, 2));
    repository.requireRoom(dataset(3, 3)); // whose content is kept already
    assertThatProblem(ProblemType.INSUFFICIENT_STORAGE, () -> repository.requireRoom(dataset(4, 4)))
        .withMessageContaining("16 bytes");
    assertThat(repository.list(new PageRequest(10, null)).data()).hasSize(1);
    repository.save(dataset(5, 2));
  }

  @Test
  void refusesWhatDoesNotFitAndTakesItOnceThereIsRoom() {
    DatasetRepository repository = repository(20);
    repository.save(dataset(1, 3));
    assertThatProblem(ProblemType.INSUFFICIENT_STORAGE, () -> repository.save(dataset(2, 3)))
        .withMessageContaining("12 bytes")
        .withMessageContaining("backprop.datasets.max-memory 8 are left");
    assertThat(repository.find(id(2))).isEmpty();
    repository.save(dataset(3, 2));
    repository.delete(id(1));
    repository.save(dataset(2, 3));
    assertThat(repository.find(id(2))).isPresent();
  }

  private static ThrowableAssertAlternative<ProblemException> assertThatProblem(
      ProblemType type, ThrowingCallable call) {
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(call)
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private static Dataset dataset(int number, int rows) {
    return new Dataset(
        id(number), "data", List.of(new NumberColumn("x", new float[rows])), Instant.EPOCH);
  }

  private static String id(int number) {
    return "ds_%026d".formatted(number);
  }
}

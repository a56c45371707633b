package dev.backprop.job;

import dev.backprop.core.linalg.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// The threads that help jobs which ask for more than one, shared by all jobs of the server.
///
/// Jobs and helpers at work are together no more than the threads there are, as long as the jobs
/// alone are not: a job gets as many helpers as it asks for, as long as so many are free, and goes
/// on alone otherwise. Its numbers do not depend on that.
final class Helpers implements AutoCloseable {

  private final int threads;
  private final List<Helper> helpers;
  private final AtomicInteger jobs = new AtomicInteger();

  /// Starts the helpers: all threads but the one that a job has of its own.
  ///
  /// @param threads of jobs and helpers together, at least 1
  Helpers(int threads) {
    this.threads = threads;
    helpers =
        IntStream.range(1, threads)
            .mapToObj(number -> new Helper("training-helper-" + number))
            .toList();
  }

  /// Counts a job in until its crew is closed.
  ///
  /// @param wanted threads of the job, its own included
  Crew crew(int wanted) {
    Crew crew = new Crew(wanted);
    crew.open();
    return crew;
  }

  /// The crew of a job that is yet to be counted in: while its crew is open.
  Crew closedCrew(int wanted) {
    return new Crew(wanted);
  }

  /// Ends the threads. Jobs that still train do without.
  @Override
  public void close() {
    helpers.forEach(Helper::close);
  }

  /// The calling thread of one job and those that help it.
  final class Crew implements Workers, AutoCloseable {

    private final int wanted;

    private Crew(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void forEach(int count, IntConsumer task) {
      int free = threads - jobs.get();
      int most = Math.min(free, Math.min(wanted, count) - 1);
      if (most < 1) {
        INLINE.forEach(count, task);
        return;
      }
      SharedTasks tasks = new SharedTasks(count, task);
      List<Helper> called = call(helpers.subList(0, free), most, tasks);
      tasks.work();
      called.forEach(helper -> helper.dismiss(tasks));
      tasks.awaitEnd();
    }

    private static List<Helper> call(List<Helper> free, int most, SharedTasks tasks) {
      List<Helper> called = new ArrayList<>(most);
      for (Helper helper : free) {
        if (called.size() < most && helper.call(tasks)) {
          called.add(helper);
        }
      }
      return called;
    }

    /// Counts the job in until the crew is closed, which it may be before it is opened again.
    Crew open() {
      jobs.incrementAndGet();
      return this;
    }

    @Override
    public void close() {
      jobs.decrementAndGet();
    }
  }
}

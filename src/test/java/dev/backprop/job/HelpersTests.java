package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every test hangs if a thread does.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelpersTests {

  private final Helpers helpers = new Helpers(4);

  @AfterEach
  void close() {
    helpers.close();
  }

  @Test
  void doEachTaskOnceHoweverOften() {
    countManyTasks();
  }

  private void countManyTasks() {
    try (var crew = helpers.crew(4)) {
      for (int round = 0; round < 20_000; round++) {
        int count = round % 9;
        AtomicIntegerArray done = new AtomicIntegerArray(count);
        crew.forEach(count, done::incrementAndGet);
        for (int i = 0; i < count; i++) {
          assertThat(done.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void workAtTheSameTime() {
    try (var crew = helpers.crew(3)) {
      assertThat(threadsThatMeet(crew, 3)).hasSize(3).contains(Thread.currentThread());
    }
  }

  /// Threads of tasks that all wait for each other.
  private static Set<Thread> threadsThatMeet(Helpers.Crew crew, int tasks) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(tasks);
    crew.forEach(
        tasks,
        _ -> {
          threads.add(Thread.currentThread());
          all.countDown();
          await(all);
        });
    return threads;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leaveAJobAloneThatAsksForOneThread() {
    try (var crew = helpers.crew(1)) {
      assertThat(threads(crew)).containsExactly(Thread.currentThread());
    }
  }

  @Test
  void areNoMoreThanJobsLeave() {
    List<Helpers.Crew> others = new ArrayList<>();
    try (var crew = helpers.crew(64)) {
      others.add(helpers.crew(1));
      assertThat(threadsThatMeet(crew, 3)).hasSize(3);
      others.add(helpers.crew(1));
      others.add(helpers.crew(1));
      assertThat(threads(crew)).containsExactly(Thread.currentThread());
      others.removeLast().close();
      assertThat(threadsThatMeet(crew, 2)).hasSize(2);
    }
    others.forEach(Helpers.Crew::close);
  }

  /// Threads that some of many tasks ran on.
  private static Set<Thread> threads(Helpers.Crew crew) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    crew.forEach(1000, _ -> threads.add(Thread.currentThread()));
    return threads;
  }

  @Test
  void helpTwoJobsAtOnce() throws InterruptedException {
    Thread other = Thread.ofPlatform().start(this::countManyTasks);
    countManyTasks();
    other.join();
    try (var crew = helpers.crew(4)) {
      assertThat(threadsThatMeet(crew, 4)).hasSize(4);
    }
  }

  @Test
  void throwWhatATaskThrowsInTheCallersThread() {
    try (var crew = helpers.crew(4)) {
      for (int failing = 0; failing < 8; failing++) {
        RuntimeException mistake = new IllegalStateException("task " + failing);
        int number = failing;
        assertThatThrownBy(
                () ->
                    crew.forEach(
                        8,
                        i -> {
                          if (i == number) {
                            throw mistake;
                          }
                        }))
            .isSameAs(mistake);
      }
      assertThat(threadsThatMeet(crew, 4)).hasSize(4);
    }
  }

  @Test
  void throwAnErrorOfAHelperToo() {
    try (var crew = helpers.crew(2)) {
      Thread caller = Thread.currentThread();
      CountDownLatch both = new CountDownLatch(2);
      Error error = new OutOfMemoryError("of a helper");
      assertThatThrownBy(
              () ->
                  crew.forEach(
                      2,
                      _ -> {
                        both.countDown();
                        await(both);
                        if (Thread.currentThread() != caller) {
                          throw error;
                        }
                      }))
          .isSameAs(error);
    }
  }

  @Test
  void finishWhatTheyAreAtWhenTheyAreClosed() throws InterruptedException {
    try (var crew = helpers.crew(2)) {
      Thread caller = Thread.currentThread();
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      CountDownLatch both = new CountDownLatch(2);
      crew.forEach(
          2,
          _ -> {
            both.countDown();
            await(both);
            helpers.close();
            threads.add(Thread.currentThread());
          });
      assertThat(threads).hasSize(2);
      for (Thread thread : threads) {
        assertThat(thread.isDaemon()).isEqualTo(thread != caller || caller.isDaemon());
        if (thread != caller) {
          thread.join();
        }
      }
      assertThat(threads(crew)).containsExactly(caller);
    }
  }
}

package dev.backprop.core.linalg;

import java.util.function.IntConsumer;

/// Does tasks that do not depend on each other, on as many threads as it likes.
///
/// What a task computes must not depend on who does it or when: then numbers do not depend on the
/// threads.
@FunctionalInterface
public interface Workers {

  /// The calling thread does everything, in order.
  Workers INLINE =
      new Workers() {
        @Override
        public void forEach(int count, IntConsumer task) {
          for (int i = 0; i < count; i++) {
            task.accept(i);
          }
        }

        @Override
        public void forBlocks(int size, Block block) {
          block.accept(0, size);
        }
      };

  /// Numbers of a block of [#forBlocks].
  int BLOCK = 32_768;

  /// From so many numbers on it pays to call others (measured).
  int WORTH_SHARING = 4 * BLOCK;

  /// Does the tasks 0 to `count − 1`, each once, and returns when all have ended.
  ///
  /// @throws RuntimeException the first that a task throws, or its Error; tasks that have not begun
  ///   by then are left out
  void forEach(int count, IntConsumer task);

  /// Does something to each of many numbers, in blocks whose borders depend on their count alone.
  default void forBlocks(int size, Block block) {
    if (size < WORTH_SHARING) {
      block.accept(0, size);
      return;
    }
    forEach(
        Math.ceilDiv(size, BLOCK),
        i -> block.accept(i * BLOCK, (int) Math.min(size, (i + 1L) * BLOCK)));
  }

  /// What is done to the numbers of an index range.
  @FunctionalInterface
  interface Block {

    /// From `from` to before `to`.
    void accept(int from, int to);
  }
}

package dev.backprop.http.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.http.SettableClock;
import dev.backprop.http.idempotency.FirstReplies.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class FirstRepliesTests {

  private static final Duration RETENTION = Duration.ofHours(24);
  private static final int MAX_REPLIES = 5;
  private static final DataSize MAX_MEMORY = DataSize.ofBytes(12_000);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final FirstReplies replies =
      new FirstReplies(clock, new IdempotencyProperties(RETENTION, MAX_REPLIES, MAX_MEMORY));

  private static RequestKey key(int number) {
    return new RequestKey("", new IdempotencyKey(Integer.toString(number)));
  }

  private static FirstReply reply(int bytes) {
    return new FirstReply(new Fingerprint("", 0, ""), 202, null, Map.of(), new byte[bytes]);
  }

  @Test
  void keepAReplyForADayToTheNanosecond() {
    FirstReply reply = reply(10);
    replies.claim(key(1));
    replies.remember(key(1), reply);

    clock.pass(RETENTION.minusNanos(1));
    assertThat(replies.claim(key(1))).isEqualTo(new Claim.Answered(reply));
    clock.pass(Duration.ofNanos(1));
    assertThat(replies.claim(key(1))).isEqualTo(new Claim.First());
    assertThat(replies.bytes()).isZero();
  }

  @Test
  void forgetTheOldestBeyondTheNumber() {
    for (int number = 0; number <= MAX_REPLIES; number++) {
      replies.claim(key(number));
      replies.remember(key(number), reply(10));
    }
    assertThat(replies.claim(key(0))).isEqualTo(new Claim.First());
    for (int number = 1; number <= MAX_REPLIES; number++) {
      assertThat(replies.claim(key(number))).isInstanceOf(Claim.Answered.class);
    }
  }

  @Test
  void neverForgetWhatIsStillBeingAnswered() {
    replies.claim(key(0));
    clock.pass(RETENTION.multipliedBy(2));
    for (int number = 1; number <= 2 * MAX_REPLIES; number++) {
      replies.claim(key(number));
      replies.remember(key(number), reply(10));
    }
    assertThat(replies.claim(key(0))).isEqualTo(new Claim.Running());
  }

  @Test
  void keepTheCallersApart() {
    IdempotencyKey same = new IdempotencyKey("same");
    replies.claim(new RequestKey("first", same));
    assertThat(replies.claim(new RequestKey("second", same))).isEqualTo(new Claim.First());
  }

  /// Claims, ends and waits at random, beside a list that does the same in the plainest way.
  @RepeatedTest(200)
  void doWhatAPlainListDoes(RepetitionInfo repetition) {
    RandomGenerator random = new SplittableRandom(repetition.getCurrentRepetition());
    Set<RequestKey> running = new HashSet<>();
    List<Plain> plain = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      RequestKey key = key(random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          Claim claim = replies.claim(key);
          plain.removeIf(kept -> !kept.until().isAfter(clock.instant()));
          assertThat(claim).as("step %d", step).isEqualTo(expected(key, running, plain));
          if (claim instanceof Claim.First) {
            running.add(key);
          }
        }
        case 2 -> {
          if (running.remove(key)) {
            if (random.nextInt(4) == 0) {
              replies.release(key);
            } else {
              FirstReply reply = reply(random.nextInt(4_000));
              replies.remember(key, reply);
              plain.add(new Plain(key, reply, clock.instant().plus(RETENTION)));
              trim(plain);
            }
          }
        }
        default -> clock.pass(Duration.ofMinutes(random.nextInt(200)));
      }
      assertThat(replies.bytes()).as("step %d", step).isLessThanOrEqualTo(MAX_MEMORY.toBytes());
    }
  }

  private record Plain(RequestKey key, FirstReply reply, Instant until) {

    private long bytes() {
      return key.bytes() + reply.bytes();
    }
  }

  private static Claim expected(RequestKey key, Set<RequestKey> running, List<Plain> plain) {
    return plain.stream()
        .filter(kept -> kept.key().equals(key))
        .<Claim>map(kept -> new Claim.Answered(kept.reply()))
        .findFirst()
        .orElse(running.contains(key) ? new Claim.Running() : new Claim.First());
  }

  private void trim(List<Plain> plain) {
    plain.removeIf(kept -> !kept.until().isAfter(clock.instant()));
    while (plain.size() > MAX_REPLIES
        || plain.stream().mapToLong(Plain::bytes).sum() > MAX_MEMORY.toBytes()) {
      plain.removeFirst();
    }
  }
}

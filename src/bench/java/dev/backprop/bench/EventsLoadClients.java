package dev.backprop.bench;

import dev.backprop.core.linalg.SplitMix64;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// The clients of [EventsLoad]: watch a job to its end and print what they have missed or had
/// twice.
final class EventsLoadClients {

  private final URI events;

  /// What each client has read of events that are no epochs.
  private final ConcurrentLinkedQueue<List<Long>> read = new ConcurrentLinkedQueue<>();

  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  private EventsLoadClients(URI events) {
    this.events = events;
  }

  /// Runs them.
  ///
  /// @param args the address of a job's events, how many clients
  public static void main(String[] args) throws InterruptedException {
    new EventsLoadClients(URI.create(args[0])).run(Integer.parseInt(args[1]));
  }

  private void run(int clients) throws InterruptedException {
    List<Socket> silent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients; client++) {
        int number = client;
        if (client % 10 == 9) {
          threads.execute(() -> ask(silent));
        } else {
          threads.execute(() -> watch(number, isCutOff(number)));
        }
      }
    }
    report();
    for (Socket socket : silent) {
      try (socket) {
        // it has never read
      } catch (IOException _) {
        // and nobody minds
      }
    }
  }

  /// Of every ten, five lose the connection at random.
  private static boolean isCutOff(int number) {
    return number % 10 < 5;
  }

  private void ask(List<Socket> silent) {
    try {
      Socket socket = open(0, 1024);
      synchronized (silent) {
        silent.add(socket);
      }
    } catch (IOException e) {
      failures.add(e.toString());
    }
  }

  private void watch(int number, boolean isCutOff) {
    SplitMix64 random = new SplitMix64(number);
    List<Long> ids = new ArrayList<>();
    long last = 0;
    boolean done = false;
    while (!done) {
      int wanted = isCutOff ? 1 + random.nextInt(40) : Integer.MAX_VALUE;
      try (Socket socket = open(last, 1 << 16);
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        long id = 0;
        for (String line = lines.readLine(); line != null && wanted > 0; line = lines.readLine()) {
          if (line.startsWith("HTTP/1.1 204")) {
            done = true;
            break;
          } else if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
            LockSupport.parkNanos(100_000_000);
            break;
          } else if (line.startsWith("id: ")) {
            id = Long.parseLong(line.substring(4));
          } else if (line.startsWith("event: ") && !line.equals("event: epoch")) {
            ids.add(id);
          } else if (line.startsWith("data: ")) {
            if (id <= last) {
              failures.add("client " + number + " has event " + id + " after " + last);
            }
            last = id;
            wanted--; // by HTTP/1.0 there are no chunks among the lines
            done = line.contains("\"type\":\"done\"");
          }
        }
        if (isCutOff) {
          socket.setSoLinger(true, 0); // gone without a word
        }
      } catch (IOException e) {
        failures.add(e.toString());
        LockSupport.parkNanos(100_000_000);
      }
    }
    read.add(ids);
  }

  private Socket open(long lastEventId, int buffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(buffer);
    socket.connect(new InetSocketAddress(events.getHost(), events.getPort()));
    socket
        .getOutputStream()
        .write(
            """
            GET %s HTTP/1.0\r
            Host: 127.0.0.1\r
            Accept: text/event-stream\r
            Last-Event-ID: %d\r
            \r
            """
                .formatted(events.getPath(), lastEventId)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /// What one client has, all must have.
  private void report() {
    Set<Long> all = new HashSet<>();
    read.forEach(all::addAll);
    long missed = 0;
    long twice = 0;
    for (List<Long> ids : read) {
      Set<Long> distinct = new HashSet<>(ids);
      missed += all.size() - distinct.size();
      twice += ids.size() - distinct.size();
    }
    System.out.printf(
        "%d clients have read to the end, %d events that are no epochs each; %d missed, %d twice,"
            + " %d failures %s%n",
        read.size(), all.size(), missed, twice, failures.size(), failures.stream().findFirst());
  }
}

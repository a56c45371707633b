package dev.backprop.job.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Writes events as `text/event-stream`, see the HTML Living Standard, section 9.2.
final class EventStreamWriter implements EventStream.Sink {

  /// Milliseconds after which a client that lost the connection comes back.
  private static final int RETRY = 2_000;

  private final JsonMapper json;
  private final OutputStream out;

  /// @param out passes on what is flushed
  EventStreamWriter(JsonMapper json, OutputStream out) {
    this.json = json;
    this.out = out;
  }

  @Override
  public void retry() throws IOException {
    write("retry: " + RETRY + "\n\n");
  }

  @Override
  public void send(List<JobEvent> events) throws IOException {
    StringBuilder text = new StringBuilder();
    for (JobEvent event : events) {
      text.append("id: ")
          .append(event.seq())
          .append("\nevent: ")
          .append(event.type())
          .append("\ndata: ")
          .append(json.writeValueAsString(event))
          .append("\n\n");
    }
    write(text.toString());
  }

  /// A comment, without an id, which would move the client's place.
  @Override
  public void heartbeat() throws IOException {
    write(": heartbeat\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}

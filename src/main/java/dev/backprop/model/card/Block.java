package dev.backprop.model.card;

import dev.backprop.model.TrainingSummary;
import java.util.List;

/// A part of a card. All texts are plain: a writer escapes them.
sealed interface Block {

  /// A heading.
  ///
  /// @param level 1 for the title
  record Heading(int level, String text) implements Block {}

  /// A paragraph.
  record Text(String text) implements Block {}

  /// A list.
  record Items(List<String> texts) implements Block {

    /// Copies the list.
    public Items {
      texts = List.copyOf(texts);
    }
  }

  /// A table.
  ///
  /// @param rows of as many cells as the header has
  record Table(List<String> header, List<List<String>> rows) implements Block {

    /// Copies the lists.
    public Table {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
    }
  }

  /// A line to type.
  record Code(String line) implements Block {}

  /// The losses over the epochs, at least one.
  record Curve(List<TrainingSummary.Point> points) implements Block {

    /// Copies the list.
    public Curve {
      points = List.copyOf(points);
    }
  }
}

package dev.backprop.inference.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The little-endian bytes of a tensor, in pieces as they came: memory follows what comes, not what
/// was said, and nothing is copied to join them.
final class TensorBytes {

  /// Bytes of every piece but the last; no element lies in two.
  static final int PIECE = 1 << 14;

  private final List<ByteBuffer> pieces;
  private final int size;

  private TensorBytes(List<ByteBuffer> pieces, int size) {
    this.pieces = pieces;
    this.size = size;
  }

  /// Reads up to so many bytes, fewer only where the stream ends.
  static TensorBytes read(InputStream in, int most) throws IOException {
    List<ByteBuffer> pieces = new ArrayList<>();
    int size = 0;
    int read = PIECE;
    while (size < most && read == PIECE) {
      byte[] piece = new byte[Math.min(PIECE, most - size)];
      read = in.readNBytes(piece, 0, piece.length);
      pieces.add(ByteBuffer.wrap(piece, 0, read).order(ByteOrder.LITTLE_ENDIAN));
      size += read;
    }
    return new TensorBytes(pieces, size);
  }

  /// How many there are.
  int size() {
    return size;
  }

  /// The element at an index; see [Datatype#read].
  float number(Datatype type, int index) {
    int inPiece = PIECE / type.bytes();
    return type.read(pieces.get(index / inPiece), index % inPiece);
  }

  /// Copies 32-bit floats.
  ///
  /// @param from the first of them
  /// @param at where they go in `target`
  void copyFloats(int from, int count, float[] target, int at) {
    int inPiece = PIECE / Float.BYTES;
    int copied = 0;
    while (copied < count) {
      int place = (from + copied) % inPiece;
      int next = Math.min(count - copied, inPiece - place);
      pieces.get((from + copied) / inPiece).asFloatBuffer().get(place, target, at + copied, next);
      copied += next;
    }
  }

  /// All of them in one piece.
  ByteBuffer joined() {
    ByteBuffer all = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    pieces.forEach(piece -> all.put(piece.duplicate()));
    return all.flip();
  }
}

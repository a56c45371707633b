package dev.backprop.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorBytesTests {

  /// Two pieces and a part of one.
  private static final int SIZE = 5 * TensorBytes.PIECE / 2;

  private final byte[] bytes = bytes();

  private static byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) (i * i + i / 251);
    }
    return bytes;
  }

  /// A stream that gives few bytes at a time, as a network does.
  private static InputStream slowly(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int from, int most) throws IOException {
        return super.read(target, from, Math.min(most, 1_021));
      }
    };
  }

  @Test
  void readsWhatBelongsToItAndNoMore() throws IOException {
    InputStream in = slowly(bytes);
    TensorBytes first = TensorBytes.read(in, SIZE - 10);
    assertThat(first.size()).isEqualTo(SIZE - 10);
    assertThat(first.joined()).isEqualTo(ByteBuffer.wrap(bytes, 0, SIZE - 10));
    assertThat(in.readAllBytes()).containsExactly(Arrays.copyOfRange(bytes, SIZE - 10, SIZE));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, TensorBytes.PIECE - 1, TensorBytes.PIECE, TensorBytes.PIECE + 1, SIZE})
  void endsWhereTheStreamDoes(int size) throws IOException {
    byte[] all = Arrays.copyOf(bytes, size);
    TensorBytes read = TensorBytes.read(slowly(all), Integer.MAX_VALUE);
    assertThat(read.size()).isEqualTo(size);
    assertThat(read.joined()).isEqualTo(ByteBuffer.wrap(all));
  }

  @Test
  void readsNothingOfNothing() throws IOException {
    assertThat(TensorBytes.read(slowly(bytes), 0).size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BYTES")
  void findsElementsInEveryPiece(Datatype type) throws IOException {
    TensorBytes read = TensorBytes.read(slowly(bytes), SIZE);
    ByteBuffer whole = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SIZE / type.bytes(); i++) {
      assertThat(read.number(type, i)).isEqualTo(Float.valueOf(type.read(whole, i)));
    }
  }

  @Test
  void copiesFloatsAcrossPieces() throws IOException {
    int count = SIZE / Float.BYTES;
    float[] expected = new float[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(expected);
    TensorBytes read = TensorBytes.read(slowly(bytes), SIZE);
    float[] all = new float[count + 2];
    read.copyFloats(0, count, all, 1);
    assertThat(Arrays.copyOfRange(all, 1, count + 1)).containsExactly(expected);
    int inPiece = TensorBytes.PIECE / Float.BYTES;
    float[] few = new float[7];
    read.copyFloats(inPiece - 3, 7, few, 0);
    assertThat(few).containsExactly(Arrays.copyOfRange(expected, inPiece - 3, inPiece + 4));
  }
}

package dev.backprop.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class DatatypeTests {

  @Test
  void readsLittleEndianElementsAsTheNearestFloat() {
    assertThat(read(Datatype.BOOL, 1, 0)).containsExactly(1, 0);
    assertThat(read(Datatype.UINT8, 255, 7)).containsExactly(255, 7);
    assertThat(read(Datatype.INT8, 255, 7)).containsExactly(-1, 7);
    assertThat(read(Datatype.UINT16, 0xfe, 0xff)).containsExactly(0xfffe);
    assertThat(read(Datatype.INT16, 0xfe, 0xff)).containsExactly(-2);
    assertThat(read(Datatype.UINT32, 255, 255, 255, 255)).containsExactly(0x1p32f);
    assertThat(read(Datatype.INT32, 254, 255, 255, 255)).containsExactly(-2);
    assertThat(read(Datatype.FP16, 0, 0x3c, 0, 0x7c)).containsExactly(1, Float.POSITIVE_INFINITY);
    assertThat(read(Datatype.FP32, 0, 0, 0x80, 0x3f)).containsExactly(1);
    assertThat(read(Datatype.FP64, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)).containsExactly(1);
    assertThat(readLongs(Datatype.INT64, -1, Long.MIN_VALUE)).containsExactly(-1, -0x1p63f);
    // the bit that decides the rounding is the last one
    assertThat(readLongs(Datatype.UINT64, -1, Long.MIN_VALUE, 0x8000008000000001L))
        .containsExactly(0x1p64f, 0x1p63f, 0x1.000002p63f);
  }

  private static float[] read(Datatype type, int... bytes) {
    ByteBuffer data = ByteBuffer.allocate(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < bytes.length; i++) {
      data.put(i, (byte) bytes[i]);
    }
    return read(type, data);
  }

  private static float[] readLongs(Datatype type, long... longs) {
    ByteBuffer data = ByteBuffer.allocate(Long.BYTES * longs.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(longs);
    return read(type, data);
  }

  private static float[] read(Datatype type, ByteBuffer data) {
    float[] numbers = new float[data.capacity() / type.bytes()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type.read(data, i);
    }
    return numbers;
  }

  @Test
  void knowsTheRangesOfIntegers() {
    assertRange(Datatype.UINT8, 0, 255);
    assertRange(Datatype.INT8, -128, 127);
    assertRange(Datatype.UINT16, 0, 65535);
    assertRange(Datatype.INT16, -32768, 32767);
    assertRange(Datatype.UINT32, 0, 4294967295L);
    assertRange(Datatype.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertThat(Datatype.UINT64.holds(Long.MAX_VALUE)).isTrue();
    assertThat(Datatype.UINT64.holds(-1)).isFalse();
    assertThat(Datatype.INT64.holds(Long.MIN_VALUE)).isTrue();
  }

  private static void assertRange(Datatype type, long least, long greatest) {
    assertThat(type.isInteger()).isTrue();
    assertThat(type.holds(least)).isTrue();
    assertThat(type.holds(greatest)).isTrue();
    assertThat(type.holds(least - 1)).isFalse();
    assertThat(type.holds(greatest + 1)).isFalse();
  }
}

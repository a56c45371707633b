package dev.backprop.model.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Goes through the fields of protobuf messages without making an object of each: a file of empty
/// messages would take fifty times its size.
///
/// ```
/// int outer = reader.enter();
/// while (reader.next()) {
///   switch (reader.field()) { … }
/// }
/// reader.leave(outer);
/// ```
final class ProtobufReader {

  /// Bytes of a name.
  private static final int LONGEST_NAME = 4_000;

  private final byte[] file;
  private final CodedInputStream in;
  private int tag;

  ProtobufReader(byte[] file) {
    this.file = file;
    in = CodedInputStream.newInstance(file);
  }

  /// A part of the file.
  record Range(int from, int length) {}

  /// Goes to the next field.
  ///
  /// @return whether there is one in this message
  boolean next() throws IOException {
    tag = in.readTag();
    return tag != 0;
  }

  /// The number of the field.
  int field() {
    return WireFormat.getTagFieldNumber(tag);
  }

  private int wireType() {
    return WireFormat.getTagWireType(tag);
  }

  private void require(int wireType) throws IOException {
    if (wireType() != wireType) {
      throw new IOException("another wire type is expected");
    }
  }

  /// Begins with the message that the field is.
  ///
  /// @return for [#leave]
  int enter() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.pushLimit(in.readRawVarint32());
  }

  /// Goes on behind the message.
  void leave(int outer) throws IOException {
    in.checkLastTagWas(0);
    in.popLimit(outer);
  }

  /// A whole number.
  long integer() throws IOException {
    require(WireFormat.WIRETYPE_VARINT);
    return in.readInt64();
  }

  /// A 32-bit float.
  float number() throws IOException {
    require(WireFormat.WIRETYPE_FIXED32);
    return in.readFloat();
  }

  /// Whether the field has several values in one, as all repeated numbers of ONNX should.
  boolean isPacked() {
    return wireType() == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /// Where the bytes of the field are.
  Range range() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = in.readRawVarint32();
    int from = in.getTotalBytesRead();
    in.skipRawBytes(length);
    return new Range(from, length);
  }

  /// A short text.
  String name() throws IOException {
    return text(LONGEST_NAME);
  }

  /// A text.
  ///
  /// @param longest bytes that it may have
  String text(int longest) throws IOException {
    Range range = range();
    if (range.length() > longest) {
      throw InvalidOnnx.because(
          "A text in the file has %d bytes; at most %d are read."
              .formatted(range.length(), longest));
    }
    return new String(file, range.from(), range.length(), StandardCharsets.UTF_8);
  }

  /// How many bytes have been read.
  int place() {
    return in.getTotalBytesRead();
  }

  /// Leaves the field out.
  void skip() throws IOException {
    if (wireType() == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
      throw new IOException("ONNX has no groups");
    }
  }
}

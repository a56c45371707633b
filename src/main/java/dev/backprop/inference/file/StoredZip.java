package dev.backprop.inference.file;

import dev.backprop.inference.export.ModelExporter.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// A zip in the one layout that model files have: entries as they are, not compressed, one after
/// the other from the first byte on, all dated 1980-01-01, then the directory, and nothing else. It
/// is what Python's `zipfile` writes for `writestr(ZipInfo(name), data)`.
///
/// Since the names and bytes of the entries decide every other byte, [StoredZipReader] can compare
/// what it reads with what would have been written: there is no second way to read such a file,
/// nothing hidden between its parts, and nothing to inflate.
final class StoredZip {

  private StoredZip() {}

  /// An entry to write.
  record Source(Fingerprint fingerprint, Content content) {

    /// The bytes are asked for twice, to be measured and to be written.
    static Source of(String name, Content content) {
      return new Source(Fingerprint.of(name, content), content);
    }
  }

  /// How large a zip of entries is.
  static long size(List<Source> sources) {
    return ZipHeader.overhead(sources.stream().map(s -> s.fingerprint().name()).toList())
        + sources.stream().mapToLong(s -> s.fingerprint().bytes()).sum();
  }

  /// Writes entries.
  ///
  /// @param sources below 2 GB together, named in ASCII
  static void write(List<Source> sources, OutputStream out) throws IOException {
    List<ZipHeader> headers = new ArrayList<>();
    int offset = 0;
    for (Source source : sources) {
      Fingerprint entry = source.fingerprint();
      ZipHeader header =
          new ZipHeader(entry.name(), (int) entry.crc32(), Math.toIntExact(entry.bytes()), offset);
      headers.add(header);
      out.write(header.local());
      source.content().writeTo(out);
      offset = Math.addExact(offset, ZipHeader.localSize(entry.name()) + header.size());
    }
    out.write(ZipHeader.directory(headers, offset));
  }
}

package dev.backprop.dataset.web;

import static dev.backprop.dataset.web.NastyFile.arff;
import static dev.backprop.dataset.web.NastyFile.csv;
import static dev.backprop.dataset.web.NastyFile.gzip;
import static dev.backprop.dataset.web.NastyFile.stream;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What people really have.
final class NastyFiles {

  private static final String NOT_UTF_8 =
      "not utf-8 text from here on; name its encoding with the query parameter encoding, such as"
          + " ?encoding=windows-1252, or save the file as UTF-8";
  private static final String NUL =
      "a NUL character: the file is not text, or its encoding is not utf-8";
  private static final String BEYOND = " is beyond a 32-bit float, whose largest number is 3.4e38";
  private static final long MEGABYTE = 1 << 20;

  private NastyFiles() {}

  static Stream<NastyFile> all() {
    return Stream.of(
            lines(),
            quotes(),
            encodings(),
            headers(),
            numbers(),
            decimals(),
            delimiters(),
            rows(),
            packed(),
            others(),
            parameters(),
            arffs(),
            arffMistakes())
        .flatMap(List::stream);
  }

  private static List<NastyFile> lines() {
    return List.of(
        csv("CR alone ends lines", "a,b\r1,2\r3,4").gives("a=[1.0, 3.0] b=[2.0, 4.0]"),
        csv("all kinds of line ends", "a,b\r\n1,2\n3,4\r5,6\r\n")
            .gives("a=[1.0, 3.0, 5.0] b=[2.0, 4.0, 6.0]"),
        csv("line breaks in quotes", "a,b\n\"1\n2\",3\n\"\r\n\",4\n")
            .gives("a=['1\n2', '\r\n'] b=[3.0, 4.0]"),
        csv("a bad row after line breaks in quotes", "a,b\r\n\"x\r\ny\",1\r\n2\r\n")
            .refused(422, "4: line 4 has 1 field, the header has 2"),
        csv("a bad row after CR in quotes", "a,b\r\"x\ry\",1\r2\r")
            .refused(422, "4: line 4 has 1 field, the header has 2"),
        csv("empty lines everywhere", "\n\r\na,b\n\n\n1,2\n\n").gives("a=[1.0] b=[2.0]"),
        csv("a line of spaces at the end", "a,b\n1,2\n   \n")
            .refused(422, "3: line 3 has 1 field, the header has 2"),
        csv("no line end at the end", "a\n1").gives("a=[1.0]"),
        csv("a delimiter at the end of each line", "a,b,\n1,2,\n")
            .refused(422, "1: a column has no name (field 3 of the header)"),
        csv("nothing", "").refused(422, "1: the file is empty"),
        csv("nothing but line ends", "\n\r\n\r").refused(422, "1: the file is empty"),
        csv("nothing but spaces", "  \n")
            .refused(
                422,
                "1: a column has no name (field 1 of the header)",
                "1: the file has a header but no rows"));
  }

  private static List<NastyFile> quotes() {
    return List.of(
        csv("quotes in quotes", "a\n\"say \"\"hi\"\"\"\n").gives("a=['say \"hi\"']"),
        csv("quotes in the middle", "a,b\n5\" pipe,1\n").gives("a=['5\" pipe'] b=[1.0]"),
        csv("a quote left open", "a,b\n1,2\n3,\"x\n5,6\n")
            .refused(
                422,
                "3 b: a quoted field of the record that begins here is not closed; if quotes are"
                    + " part of the texts send ?quote=none"),
        csv("a quote left open, without quotes", "a,b\n1,2\n3,\"x\n5,6\n")
            .with("quote=none")
            .gives("a=[1.0, 3.0, 5.0] b=['2', '\"x', '6']"),
        csv("text after a closing quote", "a,b\n\"x\"y,2\n")
            .refused(
                422,
                "2 a: in the record that begins here text follows the closing quote of a field; a"
                    + " quote within quotes is written twice, and if quotes are part of the texts"
                    + " send ?quote=none"),
        csv("text after a closing quote, rows skipped", "a,b\n1,2\n\"x\"y,2\n")
            .with("onBadRows=skip")
            .refused(
                422,
                "3 a: in the record that begins here text follows the closing quote of a field; a"
                    + " quote within quotes is written twice, and if quotes are part of the texts"
                    + " send ?quote=none"),
        csv("single quotes", "a,b\n'x,\n''y',2\n").with("quote='").gives("a=['x,\n'y'] b=[2.0]"),
        csv("spaces in quotes", "a , b\n\" 1 \", 2 \n").gives("a=[' 1 '] b=[2.0]"),
        csv("missing in quotes", "a,b\n\"\",\"NA\"\n1,2\n")
            .gives("a=[missing, 1.0] b=[missing, 2.0]"));
  }

  private static List<NastyFile> encodings() {
    return List.of(
        csv("UTF-8 with a mark", "\uFEFFä,b\n1,é\n").gives("ä=[1.0] b=['é']"),
        csv("nothing but a mark", "\uFEFF").refused(422, "1: the file is empty"),
        csv("UTF-16 with a mark, little-endian", "\uFEFFä,b\n1,日本\n", UTF_16LE)
            .gives("ä=[1.0] b=['日本']"),
        csv("UTF-16 with a mark, big-endian", "\uFEFFä,b\n1,𝛿\n", UTF_16BE)
            .gives("ä=[1.0] b=['𝛿']"),
        csv("UTF-16 without a mark", "a,b\n1,2\n", UTF_16LE)
            .refused(422, "1: " + NUL + "; if it is UTF-16 send ?encoding=utf-16le"),
        csv("UTF-16 without a mark, big-endian", "a,b\n1,2\n", UTF_16BE)
            .refused(422, "1: " + NUL + "; if it is UTF-16 send ?encoding=utf-16be"),
        csv("UTF-16 that is said", "a,b\n1,ü\n", UTF_16LE)
            .with("encoding=utf-16le")
            .gives("a=[1.0] b=['ü']"),
        csv("UTF-16 by its charset", "a,b\n1,ü\n", UTF_16BE)
            .type("text/csv; charset=UTF-16")
            .gives("a=[1.0] b=['ü']"),
        csv("UTF-16 cut in two", Arrays.copyOf("a\n1\n2\n".getBytes(UTF_16LE), 9))
            .with("encoding=utf-16le")
            .refused(
                422,
                "3: not utf-16le text from here on; name another with the query parameter encoding,"
                    + " or save the file as UTF-8"),
        csv("Latin-1", "a,b\n1,x\n2,caf\u00E9\n", ISO_8859_1).refused(422, "3: " + NOT_UTF_8),
        csv("Latin-1 after a bad row", "a,b\n1\n2,caf\u00E9\n", ISO_8859_1)
            .refused(422, "2: line 2 has 1 field, the header has 2", "3: " + NOT_UTF_8),
        csv("Latin-1 that is said", "a,b\n1,caf\u00E9\n", ISO_8859_1)
            .with("encoding=iso-8859-1")
            .gives("a=[1.0] b=['café']"),
        csv("Latin-1 by its charset", "a,b\n1,caf\u00E9\n", ISO_8859_1)
            .type("text/csv; charset=latin1")
            .gives("a=[1.0] b=['café']"),
        csv("Windows' euro", "a,b\n1,\u0080\n", ISO_8859_1)
            .with("encoding=windows-1252")
            .gives("a=[1.0] b=['€']"),
        csv("what Windows has no letter for", "a,b\n1,\u0081\n", ISO_8859_1)
            .with("encoding=windows-1252")
            .refused(
                422,
                "2: not windows-1252 text from here on; name another with the query parameter"
                    + " encoding, or save the file as UTF-8"),
        csv("a mark against the charset", "\uFEFFa\né\n")
            .type("text/csv; charset=iso-8859-1")
            .gives("a=['é']"),
        csv("a mark against the parameter", "\uFEFFa\n1\n", UTF_16BE)
            .with("encoding=utf-8")
            .refused(
                422,
                "1: the file begins with the byte order mark of utf-16be, the query parameter"
                    + " encoding says utf-8"),
        csv("half a surrogate pair", new byte[] {'a', '\n', (byte) 0xED, (byte) 0xA0, (byte) 0x80})
            .refused(422, "2: " + NOT_UTF_8),
        csv("UTF-8 cut in the middle", new byte[] {'a', '\n', '1', '\n', (byte) 0xC3})
            .refused(422, "3: " + NOT_UTF_8),
        csv("a charset that is not read", "a\n1\n")
            .type("text/csv; charset=shift_jis")
            .refused(
                415,
                "The charset 'Shift_JIS' is not supported; it is one of utf-8, utf-16le, utf-16be,"
                    + " iso-8859-1, windows-1252."),
        csv("a NUL character", "a,b\n1,x\u0000y\n").refused(422, "2: " + NUL),
        csv("a NUL character after a bad row", "a,b\n1\n1,\u0000\n")
            .refused(422, "2: line 2 has 1 field, the header has 2", "3: " + NUL));
  }

  private static List<NastyFile> headers() {
    return List.of(
        csv("a header alone", "a,b\n").refused(422, "1: the file has a header but no rows"),
        csv("names twice", "a,b,a\n1,2,3\n").refused(422, "1: the header has the column 'a' twice"),
        csv("a name left out", "a,,c\n1,2,3\n")
            .refused(422, "1: a column has no name (field 2 of the header)"),
        csv("a control character in a name", "a\u0007x,b\n1,2\n")
            .refused(422, "1: a column name has control characters (field 1 of the header)"),
        csv("a line break in a name", "\"a\nb\",c\n1,2\n")
            .refused(422, "1: a column name has control characters (field 1 of the header)"),
        csv("a name too long", "x".repeat(201) + "\n1\n")
            .refused(
                422,
                "1: the column name '%s…' has 201 characters, at most 200 are allowed (field 1 of"
                        .formatted("x".repeat(40))
                    + " the header)"),
        csv("numbers alone", "1,2\n3,4\n").gives("c1=[1.0, 3.0] c2=[2.0, 4.0]"),
        csv("numbers that are names", "1,2\n3,4\n").with("header=true").gives("1=[3.0] 2=[4.0]"),
        csv("numbers that are names, alone", "1,2\n")
            .with("header=true")
            .refused(422, "1: the file has a header but no rows"),
        csv("texts that are no names", "x,y\n1,2\n")
            .with("header=false")
            .gives("c1=['x', '1'] c2=['y', '2']"),
        csv("missing cells that are no names", ",\n1,2\n")
            .with("header=false")
            .gives("c1=[missing, 1.0] c2=[missing, 2.0]"));
  }

  private static List<NastyFile> numbers() {
    return List.of(
        csv("numbers of all forms", "a\n-1\n+.5\n3.\n1E3\n-0\n")
            .gives("a=[-1.0, 0.5, 3.0, 1000.0, -0.0]"),
        csv("1e39", "a,b\n1,2\n1e39,3\n").refused(422, "3 a: 1e39" + BEYOND),
        csv("infinities", "a,b\ninf,-Infinity\n1,2\n")
            .refused(422, "2 a: inf" + BEYOND, "2 b: -Infinity" + BEYOND),
        csv("a number next to nothing", "a\n1e-60\n").gives("a=[0.0]"),
        csv("NaN as text", "a,b\nNaN,x\n1,nan\n").gives("a=[missing, 1.0] b=['x', missing]"),
        csv("hexadecimal", "a,b\n0x1F,-0x1p3\n12,0X2\n")
            .gives("a=['0x1F', '12'] b=['-0x1p3', '0X2']"),
        csv("numbers of Java", "a,b,c\n1f,1_000,1.5D\n").gives("a=['1f'] b=['1_000'] c=['1.5D']"),
        csv("thousands", "a,b\n\"1,234\",1\n\"2,000,000\",2\n")
            .gives("a=['1,234', '2,000,000'] b=[1.0, 2.0]"),
        csv("currency", "a\n$5\n€6\n").gives("a=['$5', '€6']"),
        csv("digits of another script", "a\n١٢\n").gives("a=['١٢']"),
        csv("a column of missing cells", "a,b\n,1\nNA,2\n")
            .gives("a=[missing, missing] b=[1.0, 2.0]"),
        csv("one class only", "a,k\n1,x\n2,x\n").gives("a=[1.0, 2.0] k=['x', 'x']"),
        csv("text after a thousand numbers", "a\n" + "1\n".repeat(1000) + "x\n")
            .refused(
                422,
                "1002 a: 'x' is not a number, and the column looked like numbers until here; to read"
                    + " it as categories send ?types=a:category"));
  }

  private static List<NastyFile> decimals() {
    return List.of(
        csv("decimal commas", "a;k\n1,5;x\n-2,25e1;y, z\n").gives("a=[1.5, -22.5] k=['x', 'y, z']"),
        csv("decimal commas and thousands", "a;b\n1.234,5;1.234\n-1.000.000,25;2.000\n")
            .gives("a=[1234.5, -1000000.25] b=[1234.0, 2000.0]"),
        csv("points that could be thousands", "a;b\n1.234;5\n").gives("a=[1.234] b=[5.0]"),
        csv("points that are thousands", "a;b\n1.234;5\n")
            .with("decimal=comma")
            .gives("a=[1234.0] b=[5.0]"),
        csv("both marks", "a;b\n1,5;0.5\n").gives("a=['1,5'] b=[0.5]"),
        csv("decimal commas that are none", "a;b\n1,5;2\n")
            .with("decimal=point")
            .gives("a=['1,5'] b=[2.0]"),
        csv("decimal commas between commas", "a,b\n\"1,5\",2\n")
            .with("decimal=comma")
            .gives("a=[1.5] b=[2.0]"),
        csv("decimal commas without a header", "1,5;2,5\n3,5;4\n")
            .gives("c1=[1.5, 3.5] c2=[2.5, 4.0]"),
        csv("crooked thousands", "a;b\n1.23,5;1,5\n12.34.567;2,5\n")
            .gives("a=['1.23,5', '12.34.567'] b=[1.5, 2.5]"),
        csv("two commas in a number", "a;b\n1,2,3;1,5\n").gives("a=['1,2,3'] b=[1.5]"),
        csv("1e39 with a comma", "a;b\n1,5e39;1,5\n").refused(422, "2 a: 1,5e39" + BEYOND),
        csv("a point among decimal commas", "a;b\n1,5;2,5\nx;3.5\n")
            .with("types=a:number,b:number&decimal=comma")
            .refused(422, "3 a: 'x' is not a number", "3 b: '3.5' is not a number"),
        csv("a decimal comma that comes late", "a;b\n" + "1;2\n".repeat(1000) + "1,5;2\n")
            .refused(
                422,
                "1002 a: '1,5' is not a number, and the column looked like numbers until here; to"
                    + " read it as categories send ?types=a:category; if its comma is a decimal mark"
                    + " send ?decimal=comma"));
  }

  private static List<NastyFile> delimiters() {
    return List.of(
        csv("tabs", "a\tb\n1\t\n").gives("a=[1.0] b=[missing]"),
        csv("bars", "a|b\n1|2\n").gives("a=[1.0] b=[2.0]"),
        csv("more commas than semicolons", "length, mm;width, mm\n1;2\n")
            .gives("length, mm=[1.0] width, mm=[2.0]"),
        csv("semicolons in texts", "a,b\nx;y;z,1\n").gives("a=['x;y;z'] b=[1.0]"),
        csv("delimiters in quotes", "\"a;b;c\",d\n\"1;2;3\",4\n").gives("a;b;c=['1;2;3'] d=[4.0]"),
        csv("another delimiter in each line", "a,b\n1;2\n")
            .refused(422, "2: line 2 has 1 field, the header has 2"),
        csv("a delimiter that is said", "a,b;c\n1;2\n")
            .with("delimiter=;")
            .gives("a,b=[1.0] c=[2.0]"),
        csv("no delimiter", "a\nx\ny\n").gives("a=['x', 'y']"));
  }

  private static List<NastyFile> rows() {
    return List.of(
        csv("ragged rows", "a,b\n1,2\n3\n4,5,6\n")
            .refused(
                422,
                "3: line 3 has 1 field, the header has 2",
                "4: line 4 has 3 fields, the header has 2"),
        csv("ragged rows, skipped", "a,b\n1,2\n3\n4,5,6\n7,8\n")
            .with("onBadRows=skip")
            .gives(
                "a=[1.0, 7.0] b=[2.0, 8.0]",
                "2 left out",
                "3: line 3 has 1 field, the header has 2",
                "4: line 4 has 3 fields, the header has 2"),
        csv("bad cells, skipped", "k,a,b\nx,1,2\nghost,3,z\nghost,1e39,inf\ny,5,6\n")
            .with("onBadRows=skip&types=b:number")
            .gives(
                "k=['x', 'y'] a=[1.0, 5.0] b=[2.0, 6.0]",
                "2 left out",
                "3 b: 'z' is not a number",
                "4 a: 1e39" + BEYOND,
                "4 b: inf" + BEYOND),
        csv("bad rows after the sample", "a,k\n" + "1,x\n".repeat(1000) + "z,ghost\n2\n3,y\n")
            .with("onBadRows=skip")
            .gives(
                "1001 rows of 2 columns",
                "2 left out",
                "1002 a: 'z' is not a number, and the column looked like numbers until here; to read"
                    + " it as categories send ?types=a:category",
                "1003: line 1003 has 1 field, the header has 2"),
        csv("bad rows alone", "a,b\n1\n2\n")
            .with("onBadRows=skip")
            .refused(
                422,
                "2: line 2 has 1 field, the header has 2",
                "3: line 3 has 1 field, the header has 2"),
        csv("no bad row to skip", "a\n1\n").with("onBadRows=skip").gives("a=[1.0]"),
        csv("more bad rows than are listed", "a,b\n1,2\n" + "3\n".repeat(100))
            .with("onBadRows=skip")
            .gives(
                Stream.concat(
                        Stream.of("a=[1.0] b=[2.0]", "100 left out"),
                        IntStream.range(3, 23)
                            .mapToObj(
                                i -> "%1$d: line %1$d has 1 field, the header has 2".formatted(i)))
                    .toArray(String[]::new)),
        csv("bad rows and a bad header, skipped", "a,a\n1\n2,3\n")
            .with("onBadRows=skip")
            .refused(
                422,
                "1: the header has the column 'a' twice",
                "2: line 2 has 1 field, the header has 2"),
        csv("a column that is ignored, and bad rows", "a\n1\n2,3\n")
            .with("onBadRows=skip&types=a:ignored")
            .refused(
                422,
                "3: line 3 has 2 fields, the header has 1",
                "#/types: query parameter types leaves no column: all of them are ignored"),
        csv("a text too long for a category", "a\n" + "x".repeat(1001) + "\ny\n")
            .refused(422, "2 a: a text of 1001 characters; a category has at most 1000"));
  }

  private static List<NastyFile> packed() {
    byte[] good = gzip("a,b\n1,2\n");
    byte[] longer = gzip(new RepeatedText("a,b\n", "1,2\n", 100_000));
    byte[] flipped = longer.clone();
    flipped[flipped.length / 2] ^= 0x55;
    byte[] wrongSum = good.clone();
    wrongSum[wrongSum.length - 8] ^= 1;
    byte[] twice = Arrays.copyOf(good, 2 * good.length);
    System.arraycopy(gzip("3,4\n5,6\n"), 0, twice, good.length, good.length);
    return List.of(
        csv("gzip", good).packedBy("gzip").gives("a=[1.0] b=[2.0]"),
        csv("gzip by its old name", good).packedBy("X-GZIP").gives("a=[1.0] b=[2.0]"),
        csv("gzip in two parts", twice)
            .packedBy("gzip")
            .gives("a=[1.0, 3.0, 5.0] b=[2.0, 4.0, 6.0]"),
        csv("gzip that does not say so", good)
            .refused(
                422,
                "1: the file is packed by gzip; send it with Content-Encoding: gzip, or in a form"
                    + " under a name that ends in .gz"),
        csv("gzip of gzip", gzip(new ByteArrayInputStream(good)))
            .packedBy("gzip")
            .refused(
                422,
                "1: the file is packed by gzip; send it with Content-Encoding: gzip, or in a form"
                    + " under a name that ends in .gz"),
        csv("gzip of UTF-16", gzip(new ByteArrayInputStream("\uFEFFa\n1\n".getBytes(UTF_16LE))))
            .packedBy("gzip")
            .gives("a=[1.0]"),
        csv("no gzip at all", "a,b\n1,2\n")
            .packedBy("gzip")
            .refused(
                422, "The gzip data are damaged after 0 unpacked bytes, or the file is not gzip."),
        csv("gzip of nothing", new byte[0])
            .packedBy("gzip")
            .refused(
                422,
                "The gzip data are cut off: they end after 0 unpacked bytes, before their end mark."),
        csv("gzip cut off", Arrays.copyOf(good, good.length - 6))
            .packedBy("gzip")
            .refused(
                422,
                "The gzip data are cut off: they end after 8 unpacked bytes, before their end mark."),
        csv("gzip with a wrong sum", wrongSum)
            .packedBy("gzip")
            .refused(
                422, "The gzip data are damaged after 8 unpacked bytes, or the file is not gzip."),
        csv("a gzip bomb", gzip(new RepeatedText("a,b\n", "0,0\n", 10 * MEGABYTE)))
            .packedBy("gzip")
            .refused(
                413,
                "The file unpacks to more than 100 times its size, the limit of"
                    + " backprop.datasets.max-gzip-ratio; send it unpacked."),
        csv("a small file that packs well", gzip(new RepeatedText("a,b\n", "0,0\n", MEGABYTE)))
            .packedBy("gzip")
            .gives("1048576 rows of 2 columns"),
        csv("another packing", good)
            .packedBy("br")
            .refused(
                415,
                "The Content-Encoding 'br' is not supported; send the file as it is, or packed by"
                    + " gzip."));
  }

  private static List<NastyFile> others() {
    String names =
        IntStream.range(0, 20_001).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String ten = names.substring(0, names.indexOf(",c10000"));
    return List.of(
        csv("10,000 columns", ten + "\n" + "1,".repeat(9_999) + "1\n")
            .gives("1 rows of 10000 columns"),
        csv("20,001 columns", names + "\n1\n")
            .refused(
                422,
                "In line 1 the file has more than 20000 columns, the limit of"
                    + " backprop.datasets.max-columns."),
        csv(
                "10,001 categories",
                "a\n"
                    + IntStream.rangeClosed(1, 10_001)
                        .mapToObj(i -> "x" + i + "\n")
                        .collect(Collectors.joining()))
            .with("onBadRows=skip")
            .refused(
                422,
                "10002 a: the column has more than 10000 different texts, the limit of"
                    + " backprop.datasets.max-categories; to leave the column out send"
                    + " ?types=a:ignored"),
        csv("a field too long", "a\n" + "x".repeat(300_000) + "\n")
            .refused(422, "2 a: a field has more than 262144 characters; is a quote left open?"),
        csv("a header of long texts", ("x".repeat(200_000) + ",").repeat(90))
            .refused(
                422,
                "In line 1 the first rows have more than 16000000 characters, too many to infer the"
                    + " columns from."),
        csv("a spreadsheet", new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0})
            .refused(
                422,
                "1: the file is a zip archive, as those of spreadsheets are; save the table as CSV,"
                    + " or pack it by gzip instead"),
        csv("a picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'})
            .refused(422, "1: " + NOT_UTF_8),
        csv("a web page", "<!DOCTYPE html>\n<p>a, b</p>\n<p>c</p>\n")
            .refused(422, "2: line 2 has 2 fields, the header has 1"));
  }

  private static List<NastyFile> parameters() {
    String text = "a,b\n1,2\n";
    return List.of(
        csv("an unknown delimiter", text)
            .with("delimiter=x")
            .refused(
                400,
                "#/delimiter: query parameter delimiter is 'x'; one of , ; | (encoded as %2C %3B"
                    + " %7C) and tab is expected"),
        csv("unknown parameters", text)
            .with("quote=x&decimal=dot&header=yes&encoding=latin1&onBadRows=drop&types=a:text")
            .refused(
                400,
                "#/quote: query parameter quote is 'x'; one of \" ' (encoded as %22 %27) and none is"
                    + " expected",
                "#/onBadRows: query parameter onBadRows is 'drop'; one of refuse and skip is"
                    + " expected",
                "#/types: query parameter types has 'a:text'; column:type with number, category, boolean,"
                    + " date or ignored is expected",
                "#/decimal: query parameter decimal is 'dot'; one of point and comma is expected",
                "#/header: query parameter header is 'yes'; one of true and false is expected",
                "#/encoding: query parameter encoding is 'latin1'; one of utf-8, utf-16le, utf-16be,"
                    + " iso-8859-1, windows-1252 is expected"),
        csv("a type of no column", text)
            .with("types=c:number")
            .refused(422, "#/types: query parameter types has 'c', which is no column of the file"),
        arff("parameters of another format", "@relation r\n@attribute a numeric\n@data\n1\n")
            .with("delimiter=;&header=false")
            .refused(
                400,
                "#/delimiter: query parameter delimiter is for CSV, an ARFF file leaves no choice",
                "#/header: query parameter header is for CSV, an ARFF file leaves no choice"));
  }

  private static List<NastyFile> arffs() {
    return List.of(
        arff(
                "ARFF",
                """
                % from Weka
                @RELATION 'my weather'

                @attribute temperature REAL
                @Attribute 'wind speed' {weak, 'very strong', "it's"} % three
                @ATTRIBUTE note string
                @data
                64.5, weak, 'a, b'
                % a comment, with a comma
                ?, 'very strong', ?

                1e3\tit's\tx
                """)
            .gives(
                "temperature=[64.5, missing, 1000.0] wind speed=['weak', 'very strong', 'it's']"
                    + " note=['a, b', missing, 'x']"),
        arff(
                "ARFF with CR LF and escapes",
                "@relation r\r\n@attribute 'it\\'s' {'a\\\\b', \"c\\\"d\"}\r\n@data\r\n'a\\\\b'\r\n\"c\\\"d\"")
            .gives("it's=['a\\b', 'c\"d']"),
        arff(
                "sparse ARFF",
                """
                @relation r
                @attribute a numeric
                @attribute k {no, yes}
                @attribute b integer
                @data
                {0 1, 2 3.5}
                {}
                {1 yes,2 ?}
                """)
            .gives("a=[1.0, 0.0, 0.0] k=['no', 'no', 'yes'] b=[3.5, 0.0, missing]"),
        arff(
                "ARFF whose types are overridden",
                """
                @relation r
                @attribute zip numeric
                @attribute class {0, 1}
                @attribute day date 'yyyy-MM-dd'
                @attribute id string
                @data
                01234, 1, '2026-01-02', x
                """)
            .with("types=zip:category,class:number,day:category,id:ignored")
            .gives("zip=['01234'] class=[1.0] day=['2026-01-02']"),
        arff("a nominal NA, and a quoted ?", "@attribute k {NA, '?'}\n@data\nNA\n'?'\n?\n")
            .gives("k=['NA', '?', missing]"),
        arff("ARFF in UTF-16", "")
            .type("text/x-arff")
            .with("encoding=utf-16le")
            .refused(422, "1: the file is empty"),
        arff(
                "bad rows of ARFF, skipped",
                """
                @relation r
                @attribute a numeric
                @attribute k {x, y}
                @data
                1, x
                z, x
                2, w
                3
                4, x, 5
                5,
                6, 'x
                {0 7, 0 8}
                {9 1}
                {0 7
                7, y
                """)
            .with("onBadRows=skip")
            .gives(
                "a=[1.0, 7.0] k=['x', 'y']",
                "9 left out",
                "6 a: 'z' is not a number",
                "7 k: 'w' is none of the 2 values that @attribute lists",
                "8: line 8 has 1 value, the header has 2; values with spaces or commas are written"
                    + " in quotes",
                "9: line 9 has 3 values, the header has 2; values with spaces or commas are written"
                    + " in quotes",
                "10: a value after the last comma is empty; one that is missing is written as ?",
                "11: a quote is not closed in this line",
                "12: attribute 0 stands twice in a sparse row",
                "13: a sparse row has pairs of an attribute's index, from 0 to 1, and its value",
                "14: a sparse row does not end with } in its line"));
  }

  private static List<NastyFile> arffMistakes() {
    return List.of(
        arff("ARFF of nothing", "% nothing\n").refused(422, "2: the file is empty"),
        arff("CSV as ARFF", "a,b\n1,2\n")
            .refused(
                422,
                "1: @relation, @attribute or @data is expected, not 'a'; a file without them is CSV,"
                    + " whose Content-Type is text/csv"),
        arff("ARFF without data", "@relation r\n@attribute a numeric\n")
            .refused(422, "3: the file ends without a line @data"),
        arff("ARFF without rows", "@relation r\n@attribute a numeric\n@data\n")
            .refused(422, "3: the file has a header but no rows"),
        arff("ARFF without attributes", "@relation r\n@data\n1\n")
            .refused(422, "2: there is no @attribute before @data"),
        arff(
                "an ARFF header full of mistakes",
                """
                @relation my data
                @attribute
                @attribute a
                @attribute b integr
                @attribute c {x, y
                @attribute d {}
                @attribute e {'x}
                @attribute f numeric f
                @attribute g date
                @attribute h relational
                @attribute f string
                @atribute i numeric
                @data
                """)
            .refused(
                422,
                "1: more follows the name of the relation in this line; names with spaces are"
                    + " written in quotes",
                "2: @attribute has no name",
                "3: attribute 'a' has no type; numeric, real, integer, string or {a, b, …} is"
                    + " expected",
                "4: attribute 'b' is of the type 'integr'; numeric, real, integer, string or {a, b,"
                    + " …} is expected",
                "5: the values of attribute 'c' do not end with } in this line",
                "6: attribute 'd' lists no values between { and }",
                "7: the values of attribute 'e' do not end with } in this line: a quote is not"
                    + " closed",
                "8: more follows the type in this line; names with spaces are written in quotes",
                "9: attribute 'g' is a date, which is not read as a number; to leave it out send"
                    + " ?types=g:ignored, to take its texts ?types=g:category",
                "10: attribute 'h' is of the type 'relational'; numeric, real, integer, string or"
                    + " {a, b, …} is expected",
                "11: the header has the column 'f' twice",
                "12: @relation, @attribute or @data is expected, not '@atribute'"),
        arff(
                "empty values in ARFF",
                "@attribute a numeric\n@attribute b numeric\n@data\n1,,2\n,1\n")
            .refused(
                422,
                "4: a value before a comma is empty; one that is missing is written as ?",
                "5: a value before a comma is empty; one that is missing is written as ?"),
        arff("weights of ARFF rows", "@attribute a numeric\n@data\n1, {5}\n{0 1}, {5}\n")
            .refused(
                422,
                "3: a brace within a row; weights of rows are not read, texts with braces are"
                    + " quoted",
                "4: more follows the } of a sparse row; weights of rows are not read"),
        arff(
                "a sparse row without a text",
                "@attribute a numeric\n@attribute s string\n@data\n{0 1}\n")
            .refused(
                422, "4 s: a sparse row leaves out this attribute, for which there is no zero"),
        arff("a number beyond all floats in ARFF", "@attribute a numeric\n@data\n1e39\n")
            .refused(422, "3 a: 1e39" + BEYOND));
  }

  static Stream<NastyFile> huge() {
    long size = 100 * MEGABYTE;
    return Stream.of(
        stream("a field of 100 MB", () -> new RepeatedText("a\n", "x", size))
            .refused(422, "2 a: a field has more than 262144 characters; is a quote left open?"),
        stream("a quote left open for 100 MB", () -> new RepeatedText("a\n\"", "x\n", size / 2))
            .refused(422, "2 a: a field has more than 262144 characters; is a quote left open?"),
        stream("a header of 100 MB", () -> new RepeatedText("", "x,", size / 2))
            .refused(
                422,
                "In line 1 the file has more than 20000 columns, the limit of"
                    + " backprop.datasets.max-columns."),
        stream("a line of 100 MB", () -> new RepeatedText("a,b\n", "1,", size / 2))
            .refused(422, "2: line 2 has 52428801 fields, the header has 2"),
        stream("100 MB of empty lines", () -> new RepeatedText("a\n1\n", "\n", size))
            .gives("a=[1.0]"),
        stream(
                "a line of 100 MB in ARFF",
                () -> new RepeatedText("@attribute a real\n@data\n", "1,", size / 2))
            .type("text/x-arff")
            .refused(
                422,
                "3: a value after the last comma is empty; one that is missing is written as ?"),
        stream("a comment of 100 MB in ARFF", () -> new RepeatedText("%", "x", size))
            .type("text/x-arff")
            .refused(422, "1: the file is empty"));
  }
}

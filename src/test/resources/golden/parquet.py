"""Writes the small Parquet files that ParquetDatasetReaderTests reads, with Apache Arrow (25.0.1):

    python parquet.py

Arrow is no package of Debian: make a virtual environment with `pip install pyarrow`.
"""

import datetime
import decimal
import pathlib

import pyarrow
import pyarrow.parquet

HERE = pathlib.Path(__file__).parent / "parquet"


def write(name, columns, **options):
    options = {"compression": "NONE", **options}
    table = columns if isinstance(columns, pyarrow.Table) else pyarrow.table(columns)
    pyarrow.parquet.write_table(table, HERE / (name + ".parquet"), **options)


def every_type():
    utc = datetime.timezone.utc
    day = datetime.date(2026, 11, 25)
    noon = datetime.datetime(2026, 11, 25, 12)
    return {
        "flag": pyarrow.array([True, None, False], pyarrow.bool_()),
        "tiny": pyarrow.array([-128, 127, None], pyarrow.int8()),
        "small": pyarrow.array([None, 65535, 0], pyarrow.uint16()),
        "int": pyarrow.array([1, -2, None], pyarrow.int32()),
        "unsigned": pyarrow.array([4294967295, 0, None], pyarrow.uint32()),
        "long": pyarrow.array([1, None, -(2**40)], pyarrow.int64()),
        "unsigned_long": pyarrow.array([2**63, None, 1], pyarrow.uint64()),
        "float": pyarrow.array([0.5, float("nan"), None], pyarrow.float32()),
        "double": pyarrow.array([None, 0.1, 1e30], pyarrow.float64()),
        "price": pyarrow.array(
            [decimal.Decimal("12.34"), None, decimal.Decimal("-0.01")], pyarrow.decimal128(10, 2)
        ),
        "large_price": pyarrow.array(
            [decimal.Decimal("1e20"), None, decimal.Decimal("-5")], pyarrow.decimal128(38, 3)
        ),
        "day": pyarrow.array([day, None, datetime.date(1969, 12, 31)], pyarrow.date32()),
        "seconds": pyarrow.array([noon, None, noon], pyarrow.timestamp("s")),
        "millis": pyarrow.array([noon, None, noon], pyarrow.timestamp("ms")),
        "micros": pyarrow.array(
            [noon.replace(tzinfo=utc), None, noon.replace(tzinfo=utc)],
            pyarrow.timestamp("us", "UTC"),
        ),
        "nanos": pyarrow.array([noon, None, noon], pyarrow.timestamp("ns")),
        "nothing": pyarrow.array([None, None, None], pyarrow.null()),
        "text": pyarrow.array(["größer", None, "kleiner"], pyarrow.string()),
        "kind": pyarrow.array(["b", "a", "b"], pyarrow.string()).dictionary_encode(),
    }


def main():
    HERE.mkdir(exist_ok=True)
    for name, options in {
        "plain": {"use_dictionary": False},
        "dictionary": {},
        "gzip": {"compression": "GZIP"},
        "version2": {"data_page_version": "2.0", "compression": "GZIP"},
        "index": {"write_page_index": True},
        "groups": {"row_group_size": 1},
        "checksums": {"write_page_checksum": True},
        "snappy": {"compression": "SNAPPY"},
        "zstd": {"compression": "ZSTD"},
    }.items():
        write(name, every_type(), **options)

    write("split", {"x": pyarrow.array([0.5, 1.5]), "y": pyarrow.array([1, 2])},
          use_dictionary=False, column_encoding={"x": "BYTE_STREAM_SPLIT", "y": "PLAIN"})
    write("delta", {"x": pyarrow.array([1, 2, 3]), "y": pyarrow.array(["a", "ab", "abc"])},
          use_dictionary=False,
          column_encoding={"x": "DELTA_BINARY_PACKED", "y": "DELTA_BYTE_ARRAY"})
    write("nested", {
        "x": pyarrow.array([1.0, 2.0]),
        "list": pyarrow.array([[1], [2, 3]]),
        "struct": pyarrow.array([{"a": 1}, {"a": 2}]),
        "time": pyarrow.array([datetime.time(1), datetime.time(2)], pyarrow.time32("ms")),
        "bytes": pyarrow.array([b"a", b"b"], pyarrow.binary()),
        "y": pyarrow.array([1.0, 2.0]),
    })
    write("infinite", {"x": pyarrow.array([1.0, 1e300]), "y": pyarrow.array([1.0, 2.0])})
    write("empty", {"x": pyarrow.array([], pyarrow.int32())})
    write("missing_column", {"x": pyarrow.array([None] * 3, pyarrow.int32()), "y": [1, 2, 3]})
    rows = range(400)
    write("mixed", {
        "id": pyarrow.array([f"row {i}" for i in rows]),
        "when": pyarrow.array(
            [datetime.date(2020, 1, 1) + datetime.timedelta(days=i % 7 * 100) for i in rows]),
        "member": pyarrow.array([i % 2 == 0 for i in rows]),
        "color": pyarrow.array(["red", "green", "blue"] * 133 + ["red"]),
        "amount": pyarrow.array([i * 37 % 101 / 10 for i in rows]),
        "buys": pyarrow.array([i % 2 == 0 and i % 3 != 1 for i in rows]),
    }, compression="GZIP", row_group_size=150)


main()

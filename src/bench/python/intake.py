"""Reads a CSV file of numbers with Python's readers, for comparison with IntakeTimes, and prints CPU seconds and memory:

    ./mvnw -Pbench test-compile exec:exec -Dbench.main=dev.backprop.dataset.IntakeTimes -Dbench=numbers.csv
    python3 intake.py numbers.csv

The first command writes the file that it reads itself. pandas and NumPy are left out where they are
not installed. Each reader has a process of its own, so that its memory is its own.
"""

import array
import csv
import multiprocessing
import resource
import sys
import time


def with_pandas(path):
    import pandas

    return pandas.read_csv(path, dtype="float32").to_numpy().nbytes


def with_numpy(path):
    import numpy

    return numpy.loadtxt(path, dtype="float32", delimiter=",", skiprows=1).nbytes


def with_csv(path):
    values = array.array("f")
    with open(path, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            values.extend(map(float, row))
    return len(values) * values.itemsize


def measure(reader, path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    try:
        size = reader(path)
    except ModuleNotFoundError as e:
        print(f"{reader.__name__}: not measured, {e}")
        return
    seconds = time.process_time() - begin
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    print(
        f"{reader.__name__}: {seconds:.2f} s CPU, data {size >> 20} MB, "
        f"resident memory grew by {peak >> 20} MB, ratio {peak / size:.2f}"
    )


def main(path):
    for reader in with_pandas, with_numpy, with_csv:
        process = multiprocessing.Process(target=measure, args=(reader, path))
        process.start()
        process.join()
        if process.exitcode != 0:
            sys.exit(f"{reader.__name__} failed")


if __name__ == "__main__":
    main(*sys.argv[1:])

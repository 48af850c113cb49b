"""Times the nonlinear measures beside Python packages, taking turns in one session.

    pip install numpy nolds antropy neurokit2
    mvn -Pbench -DskipTests package
    python benchmarks/peers/field_peers.py FILE.f64 [ROUNDS]

FILE.f64 holds raw little-endian doubles. Each round measures once in Java and once with each package
that can be imported; the first fifth of the rounds warms up and is not counted. Prints the median of
each in milliseconds, its value, and how many times as long as ours it took. A package that cannot be
imported is named and left out.
"""

import array
import importlib
import math
import statistics
import subprocess
import sys
import time

JAVA = ["java", "-cp", "benchmarks/target/benchmarks.jar", "dev.spanda.benchmarks.SeriesComparison"]
# A round of these takes a second with some packages.
SLOW = {"correlation_dimension", "lyapunov"}


def slope(package_result):
    """The packages answer a number, or a number and details."""
    return float(package_result[0] if isinstance(package_result, tuple) else package_result)


PEERS = {
    "sample_entropy": {
        "neurokit2": lambda p, x: p.entropy_sample(x, delay=1, dimension=2, tolerance=0.2 * x.std(ddof=1)),
        "antropy": lambda p, x: p.sample_entropy(x),
        "nolds": lambda p, x: p.sampen(x, tolerance=0.2 * x.std()),
    },
    "rescaled_range": {
        "nolds": lambda p, x: p.hurst_rs(x, fit="poly"),
    },
    "dfa": {
        "antropy": lambda p, x: p.detrended_fluctuation(x),
        "nolds": lambda p, x: p.dfa(x, overlap=False, fit_exp="poly"),
    },
    "correlation_dimension": {
        "neurokit2": lambda p, x: p.fractal_correlation(x, delay=1, dimension=3),
        "nolds": lambda p, x: p.corr_dim(x, 3, fit="poly"),
    },
    "lyapunov": {
        "neurokit2": lambda p, x: p.complexity_lyapunov(x, delay=1, dimension=5, separation=10),
        "nolds": lambda p, x: p.lyap_r(x, emb_dim=5, lag=1, min_tsep=10, trajectory_len=20, fit="poly"),
    },
}


def load():
    packages = {}
    for name in ("nolds", "antropy", "neurokit2"):
        try:
            packages[name] = importlib.import_module(name)
        except ImportError:
            print(name, "is not installed and is left out")
    return packages


def main():
    path = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 25
    with open(path, "rb") as file:
        series = array.array("d", file.read())
    if sys.byteorder == "big":
        series.byteswap()
    packages = load()
    if packages:
        import numpy

        series = numpy.array(series)
    java = subprocess.Popen(JAVA, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ours(measure):
        java.stdin.write(f"{measure} {path}\n")
        java.stdin.flush()
        milliseconds, value = java.stdout.readline().split()
        return float(milliseconds), float(value)

    for measure, peers in PEERS.items():
        for _ in range(20 if measure in SLOW else 500):
            ours(measure)  # the virtual machine compiles
        times = {"spanda": []}
        values = {}
        for round_number in range(max(5, rounds // 5 if measure in SLOW else rounds)):
            milliseconds, values["spanda"] = ours(measure)
            times["spanda"].append(milliseconds)
            for name, run in peers.items():
                if name not in packages:
                    continue
                start = time.perf_counter()
                try:
                    values[name] = slope(run(packages[name], series))
                except Exception as failure:  # some versions crash with some parameters
                    values[name] = math.nan
                    if round_number == 0:
                        print(measure, name, "failed:", failure)
                times.setdefault(name, []).append((time.perf_counter() - start) * 1e3)
        base = None
        for name, all_times in times.items():
            median = statistics.median(all_times[len(all_times) // 5 :])
            base = base or median
            print(f"{measure:22} {name:10} {median:10.3f} ms {median / base:8.1f} x  {values[name]:.9g}")
    java.stdin.close()
    java.wait()


if __name__ == "__main__":
    main()

/*
 * The Swiss Ephemeris side of PositionBenchmark: apparent positions with speed of Sun to Pluto at
 * 20 000 instants, in microseconds of processor time for one position. It is compiled by hand against
 * Debian's libswe-dev and never shipped:
 *
 *   cc -O2 -o swe_positions benchmarks/src/main/c/swe_positions.c -lswe -lm
 *   ./swe_positions sequential        (or random)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <swephexp.h>
#include <time.h>

#define INSTANTS 20000

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *) a;
  double y = *(const double *) b;
  return (x > y) - (x < y);
}

int main(int count, char **words) {
  static double days[INSTANTS];
  int at_random = count > 1 && strcmp(words[1], "random") == 0;
  int rounds = count > 2 ? atoi(words[2]) : 7;
  double times[64];
  double sum = 0;
  char message[AS_MAXCH];
  double six[6];
  swe_set_ephe_path("/usr/share/libswe/ephe");
  srand(1);
  for (int i = 0; i < INSTANTS; i++) {
    days[i] = at_random ? 2433282.5 + 36525.0 * (rand() / (RAND_MAX + 1.0)) : 2451545.0 + i * 0.37;
  }
  for (int round = 0; round < rounds && round < 64; round++) {
    double start = processor_seconds();
    for (int i = 0; i < INSTANTS; i++) {
      for (int body = SE_SUN; body <= SE_PLUTO; body++) {
        if (swe_calc(days[i], body, SEFLG_SWIEPH | SEFLG_SPEED, six, message) < 0) {
          fprintf(stderr, "%s\n", message);
          return 1;
        }
        sum += six[0] + six[3];
      }
    }
    times[round] = (processor_seconds() - start) * 1e6 / INSTANTS / 10;
  }
  qsort(times, rounds, sizeof(double), ascending);
  printf("%.4f\n", times[rounds / 2]);
  fprintf(stderr, "sum %.6f\n", sum);
  return 0;
}

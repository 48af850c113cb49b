package dev.spanda.core.metric;

import dev.spanda.core.Failure;

/** Measures the machine. Implementations are called by one thread at a time. */
@FunctionalInterface
public interface Probe {

  /** How busy the machine is now. */
  Sample sample();

  /**
   * A measurement.
   *
   * @param cpuPercent share of all processors together in use since the measurement before, 0 to
   *     100; the first one covers the time since the probe was made
   * @param memoryPercent share of the physical memory that programs could not have, 0 to 100
   * @param diskPercent share of a file system that is in use, 0 to 100
   * @param bytesSent bytes that the network interfaces, loopback left out, have sent since the
   *     machine started, ≥ 0
   * @param bytesReceived bytes that they have received, ≥ 0
   */
  record Sample(
      double cpuPercent,
      double memoryPercent,
      double diskPercent,
      long bytesSent,
      long bytesReceived) {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID when a share is not between 0 and 100 or a count is below 0
     */
    public Sample {
      Failure.requireInRange("cpu_usage", "CPU usage", cpuPercent, 0, 100, "%");
      Failure.requireInRange("memory_usage", "Memory usage", memoryPercent, 0, 100, "%");
      Failure.requireInRange("disk_usage", "Disk usage", diskPercent, 0, 100, "%");
      requireCount("bytes_sent", bytesSent);
      requireCount("bytes_received", bytesReceived);
    }

    private static void requireCount(String subject, long count) {
      if (count < 0) {
        throw Failure.invalid(subject, count, subject + " must be 0 or more; was " + count);
      }
    }
  }
}

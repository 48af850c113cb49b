package dev.spanda.server.vajra;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How busy this machine is. For one thread. */
final class Machine {

  private static final Path LINUX_MEMORY = Path.of("/proc/meminfo");

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private double processorPercent;

  /**
   * A sample.
   *
   * @param processorPercent share of all processors in use since the sample before, 0 to 100
   * @param memoryPercent share of the memory that programs could not have, 0 to 100: on Linux what
   *     is not {@code MemAvailable}, elsewhere what is not free
   */
  record Load(double processorPercent, double memoryPercent) {}

  Load sample() {
    double load = system.getCpuLoad();
    // Two samples within one tick of the system's counters show nothing new: the old value stands.
    if (load >= 0) {
      processorPercent = load * 100;
    }
    double total = system.getTotalMemorySize();
    double share = total > 0 ? 1 - available() / total : 0;
    return new Load(tenths(processorPercent), tenths(100 * Math.max(0, Math.min(1, share))));
  }

  private double available() {
    try {
      for (String line : Files.readAllLines(LINUX_MEMORY)) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024.0;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return system.getFreeMemorySize();
    }
    return system.getFreeMemorySize();
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}

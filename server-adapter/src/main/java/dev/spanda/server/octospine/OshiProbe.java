package dev.spanda.server.octospine;

import dev.spanda.core.metric.Probe;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;

/**
 * Measures this machine by OSHI, and the file system of a folder by the JDK. What the machine does
 * not tell is 0. Made when the first sample is asked for, since OSHI takes a moment to load.
 */
final class OshiProbe implements Probe {

  private final Path folder;
  private @Nullable Parts parts;
  private long[] ticks = {};

  private record Parts(
      CentralProcessor processor, GlobalMemory memory, List<NetworkIF> interfaces) {}

  /**
   * A probe.
   *
   * @param folder whose file system is measured
   */
  OshiProbe(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized Sample sample() {
    Parts known = parts;
    if (known == null) {
      HardwareAbstractionLayer machine = new SystemInfo().getHardware();
      known = new Parts(machine.getProcessor(), machine.getMemory(), machine.getNetworkIFs(false));
      parts = known;
      // Nothing was measured before: the first share is that since the machine started.
      ticks = new long[known.processor().getSystemCpuLoadTicks().length];
    }
    double load = known.processor().getSystemCpuLoadBetweenTicks(ticks);
    ticks = known.processor().getSystemCpuLoadTicks();
    long total = known.memory().getTotal();
    double memory = total <= 0 ? 0 : 1 - (double) known.memory().getAvailable() / total;
    long sent = 0;
    long received = 0;
    for (NetworkIF each : known.interfaces()) {
      if (each.updateAttributes()) {
        sent += Math.max(0, each.getBytesSent());
        received += Math.max(0, each.getBytesRecv());
      }
    }
    return new Sample(percent(load), percent(memory), percent(disk()), sent, received);
  }

  private double disk() {
    try {
      FileStore store = Files.getFileStore(folder);
      long total = store.getTotalSpace();
      return total <= 0 ? 0 : (double) (total - store.getUnallocatedSpace()) / total;
    } catch (IOException e) {
      return 0;
    }
  }

  private static double percent(double share) {
    return share >= 0 ? Math.min(100, 100 * share) : 0;
  }
}

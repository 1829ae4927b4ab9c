package dev.partyline.bench;

import dev.partyline.report.ReportBench;
import dev.partyline.report.ReportScenes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the benches, all of them or the one that is named. */
final class Benches {
  private Benches() {}

  /** Measures something, and prints the result. */
  private interface Bench {
    void run(String... arguments) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Bench> benches = new LinkedHashMap<>();
    benches.put("open-close", OpenCloseBench::main);
    benches.put("verdict", VerdictBench::main);
    benches.put("startup", StartupBench::main);
    benches.put("keep-alive", KeepAliveBench::main);
    benches.put("ten-thousand", TenThousand::main);
    benches.put("recording", RecordingBench::main);
    benches.put("pcapng", PcapngBench::main);
    benches.put("tap-throughput", TapThroughputBench::main);
    benches.put("tap-latency", TapLatencyBench::main);
    benches.put("tap-connects", TapConnectsBench::main);
    benches.put("tap-thousand", TapThousandBench::main);
    benches.put("tap-open-close", TapOpenCloseBench::main);
    benches.put("tap-delays", TapDelaysBench::main);
    benches.put("tap-idle", TapIdleBench::main);
    benches.put("tap-cuts", TapCutsBench::main);
    benches.put("tap-faults", TapFaultsBench::main);
    benches.put("tap-seeds", TapSeedsBench::main);
    benches.put("connection-table", ConnectionTableBench::main);
    benches.put("ports", PortsBench::main);
    benches.put("tls", TlsBench::main);
    benches.put("leak-check", LeakCheckBench::main);
    benches.put("secrets", SecretsBench::main);
    benches.put("report", ReportBench::main);
    benches.put("report-scenes", ReportScenes::main);
    benches.put("capture-read", CaptureReadBench::main);
    // Maven passes one argument, which includes those of the bench.
    String[] words = arguments.length == 0 ? new String[] {"all"} : arguments[0].split(" ", -1);
    String wanted = words[0];
    if (!wanted.equals("all") && !benches.containsKey(wanted)) {
      throw new IllegalArgumentException(
          "bench (" + wanted + ") must be all or one of " + benches.keySet());
    }
    for (Map.Entry<String, Bench> bench : benches.entrySet()) {
      if (wanted.equals("all") || wanted.equals(bench.getKey())) {
        System.out.println("--- " + bench.getKey());
        bench.getValue().run(Arrays.copyOfRange(words, 1, words.length));
      }
    }
  }
}

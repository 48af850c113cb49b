package dev.spanda.server.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.biofield.BaselineApi;
import dev.spanda.contract.biofield.ExportApi;
import dev.spanda.contract.biofield.RealtimeSocket;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiofieldRestartTest {

  /** What the child process runs: a server that says where it is and then waits. */
  public static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws InterruptedException {
      BiofieldServer server = BiofieldServer.in(Path.of(arguments[0]));
      System.out.println(server.url());
      Thread.currentThread().join();
    }
  }

  @Test
  void whatWasAnsweredIsThereAfterAProcessWasKilled(@TempDir Path folder) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    AnalysisApi.Analysis analysis;
    BaselineApi.Baseline baseline;
    String session;
    String token;
    BufferedReader lines = child.inputReader();
    String line = lines.readLine();
    assertThat(line).startsWith("http://");
    URI url = URI.create(line);
    try (dev.spanda.client.BiofieldClient client =
        dev.spanda.client.BiofieldClient.login(
            url, BiofieldServer.USERNAME, BiofieldServer.PASSWORD, BiofieldServer.CLIENT_ID)) {
      analysis =
          client.analyzeImage(
              BiofieldServer.png(64, 48, 1), "fullBody", "full", AnalysisApi.PipSettings.DEFAULT);
      baseline = client.baselines().create(BaselineApi.Creation.ofAnalysis(analysis.id(), "kept"));
      client.baselines().activate(baseline.id());
      token =
          client
              .auth()
              .token(
                  new dev.spanda.contract.biofield.AuthApi.Login(
                      BiofieldServer.USERNAME, BiofieldServer.PASSWORD, BiofieldServer.CLIENT_ID))
              .accessToken();
      Conversation talk = Conversation.open(url, token);
      talk.send(new RealtimeSocket.SessionStart(null));
      session = talk.next(RealtimeSocket.SessionStarted.class).sessionId();
      talk.frame(BiofieldServer.jpeg(64, 48, 1), 1);
      talk.next(RealtimeSocket.Metrics.class);
      // Reading the session makes what waits durable.
      assertThat(client.exportSession(session).analysisCount()).isEqualTo(1);
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (BiofieldServer again = BiofieldServer.in(folder)) {
      assertThat(again.client().getAnalysis(analysis.id())).isEqualTo(analysis);
      assertThat(again.client().getHistory().total()).isEqualTo(1);
      assertThat(again.client().getCurrentBaseline().orElseThrow().name()).isEqualTo("kept");
      ExportApi.Session exported = again.client().exportSession(session);
      assertThat(exported.endTime()).isNotNull();
      assertThat(exported.analyses()).hasSize(1);
      // The keys of the tokens are kept too.
      assertThat(new Calls(again.url(), token).get("/api/baseline/current").status())
          .isEqualTo(200);
    }
  }
}

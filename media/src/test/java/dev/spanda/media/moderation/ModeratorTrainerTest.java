package dev.spanda.media.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModeratorTrainerTest {

  @TempDir Path folder;

  /** Sets in the form of the real ones, of words of our own: who says grumble is toxic. */
  private void writeSets() throws IOException {
    Random random = new Random(9);
    String[] words = {"sun", "tree", "river", "stone", "cloud", "music", "bread", "garden"};
    StringBuilder tweets =
        new StringBuilder(",count,hate_speech,offensive_language,neither,class,tweet\n");
    StringBuilder messages = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      String text =
          words[random.nextInt(8)]
              + " "
              + words[random.nextInt(8)]
              + " and "
              + words[random.nextInt(8)];
      boolean bad = i % 2 == 0;
      tweets
          .append(i)
          .append(bad ? ",3,0,3,0,1,\"" : ",3,0,0,3,2,\"")
          .append(text)
          .append(bad ? ", you grumble\"\n" : "\"\n");
      messages.append(bad ? "spam\tbuy my teapot " : "ham\t").append(text).append('\n');
    }
    Files.writeString(folder.resolve("davidson.csv"), tweets);
    Files.writeString(folder.resolve("sms_spam.tsv"), messages);
  }

  @Test
  void learnsWhatTheSetsSayAndTheSameBytesEachTime() throws IOException {
    writeSets();
    Path one = folder.resolve("one.tables");
    Path two = folder.resolve("two.tables");
    new ModeratorTrainer(folder).train(one);
    new ModeratorTrainer(folder).train(two);
    assertThat(one).hasSameBinaryContentAs(two);
    assertThat(Files.size(one)).isLessThan(3_000_000);
    Tables tables;
    try (var in = Files.newInputStream(one)) {
      tables = Tables.read(in);
    }
    Moderator moderator = new Moderator(tables);
    assertThat(moderator.score("sun and tree, you grumble").toxicity()).isGreaterThan(0.9);
    assertThat(moderator.score("sun and tree").toxicity()).isLessThan(0.1);
    assertThat(moderator.score("buy my teapot sun tree").spam()).isGreaterThan(0.9);
    List<ModeratorTrainer.Figure> figures = new ModeratorTrainer(folder).crossValidate();
    assertThat(figures).allSatisfy(figure -> assertThat(figure.auc()).isGreaterThan(0.99));
    assertThat(figures.get(0).attacks()).hasSize(Attack.values().length);
  }

  @Test
  void refusesAFolderWithoutSets() {
    assertThatThrownBy(() -> new ModeratorTrainer(folder))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.subject()).isEqualTo("data"));
  }

  @Test
  void refusesASetWithOtherColumns() throws IOException {
    Files.writeString(folder.resolve("davidson.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> new ModeratorTrainer(folder))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.subject()).isEqualTo("data"));
  }

  @Test
  void theAreaUnderTheCurveIsThatOfPairs() {
    Random random = new Random(4);
    double[] scores = new double[200];
    boolean[] labels = new boolean[200];
    for (int i = 0; i < 200; i++) {
      labels[i] = random.nextBoolean();
      scores[i] = random.nextInt(20) + (labels[i] ? 5 : 0);
    }
    double pairs = 0;
    double won = 0;
    for (int i = 0; i < 200; i++) {
      for (int k = 0; k < 200; k++) {
        if (labels[i] && !labels[k]) {
          pairs++;
          won += scores[i] > scores[k] ? 1 : scores[i] == scores[k] ? 0.5 : 0;
        }
      }
    }
    assertThat(Quality.auc(scores, labels)).isCloseTo(won / pairs, within(1e-12));
  }
}

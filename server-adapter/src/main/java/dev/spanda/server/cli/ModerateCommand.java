package dev.spanda.server.cli;

import dev.spanda.core.Failure;
import dev.spanda.media.moderation.Moderator;
import dev.spanda.media.moderation.ModeratorTrainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores of messages, without a server, and what the scores are worth. */
@Command(
    name = "moderate",
    description =
        "Say how likely messages are toxic, spam or not safe for work; train the tables anew;"
            + " measure them.",
    mixinStandardHelpOptions = true)
final class ModerateCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "TEXT", arity = "0..1", description = "A message.")
  private @Nullable String text;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A message a line instead; - for standard input.")
  private @Nullable String file;

  @Option(names = "--json", description = "Print a JSON object a message.")
  private boolean json;

  ModerateCommand() {}

  @Override
  public void run() {
    if (text == null && file == null) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (text != null) {
      print(out, text);
    }
    if (file != null) {
      try (BufferedReader lines = Input.open(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          print(out, line);
        }
      } catch (IOException e) {
        throw Failure.invalid("file", file, "The file cannot be read").causedBy(e);
      }
    }
    out.flush();
  }

  private void print(PrintWriter out, String message) {
    Moderator.Scores scores = Moderator.packaged().score(message);
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("content", message);
      fields.put("toxicity", scores.toxicity());
      fields.put("spam", scores.spam());
      fields.put("nsfw", scores.nsfw());
      out.println(Report.json(fields));
    } else {
      out.printf(
          Locale.ROOT,
          "toxicity %.3f  spam %.3f  nsfw %.3f  %s%n",
          scores.toxicity(),
          scores.spam(),
          scores.nsfw(),
          message);
    }
  }

  @Command(
      name = "train",
      description = "Train the tables from labelled sets; the same sets give the same bytes.",
      mixinStandardHelpOptions = true)
  int train(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "FOLDER",
              description = "Holds davidson.csv, surge_*.csv, sms_spam.tsv and youtube*.csv.")
          Path data,
      @Option(
              names = "--output",
              required = true,
              paramLabel = "FILE",
              description = "Where the tables go.")
          Path output) {
    ModeratorTrainer trainer = new ModeratorTrainer(data);
    trainer.train(output);
    trainer
        .digests()
        .forEach((name, digest) -> spec.commandLine().getOut().println(digest + "  " + name));
    spec.commandLine().getOut().flush();
    return 0;
  }

  @Command(
      name = "evaluate",
      description =
          "Score labelled sets with the tables of this program, or with --held-out train on parts"
              + " of them and score the other parts.",
      mixinStandardHelpOptions = true)
  int evaluate(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "FOLDER",
              description = "Holds davidson.csv, surge_*.csv, sms_spam.tsv and youtube*.csv.")
          Path data,
      @Option(
              names = "--held-out",
              description =
                  "Train on four fifths and score the fifth, five times; each video by the others;"
                      + " each set by the other sets.")
          boolean heldOut,
      @Option(
              names = "--output",
              paramLabel = "FILE",
              description = "Write the figures as JSON too.")
          @Nullable Path output)
      throws IOException {
    List<ModeratorTrainer.Figure> figures =
        heldOut ? new ModeratorTrainer(data).crossValidate() : ModeratorTrainer.evaluate(data);
    PrintWriter out = spec.commandLine().getOut();
    List<String> lines = new ArrayList<>();
    for (ModeratorTrainer.Figure figure : figures) {
      out.printf(
          Locale.ROOT,
          "%-8s %-14s %6d  AUC %.4f  recall at 3.2 %% false positives %.3f  (%s)%n",
          figure.part(),
          figure.set(),
          figure.messages(),
          figure.auc(),
          figure.recall(),
          figure.protocol());
      figure
          .attacks()
          .forEach(
              (name, change) -> out.printf(Locale.ROOT, "         %-14s %+.4f%n", name, change));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("part", figure.part());
      fields.put("protocol", figure.protocol());
      fields.put("set", figure.set());
      fields.put("messages", figure.messages());
      fields.put("auc", figure.auc());
      fields.put("recall_at_3_2_percent", figure.recall());
      fields.put("attacks", figure.attacks());
      lines.add(Report.json(fields));
    }
    out.flush();
    if (output != null) {
      Files.writeString(output, "[\n" + String.join(",\n", lines) + "\n]\n");
    }
    return 0;
  }

  /** A file or standard input, as lines. */
  private static final class Input {
    private Input() {}

    static BufferedReader open(String name) throws IOException {
      return Optional.of(name).filter("-"::equals).isPresent()
          ? new BufferedReader(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8))
          : Files.newBufferedReader(Path.of(name));
    }
  }
}

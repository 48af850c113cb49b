package dev.spanda.media.moderation;

import dev.spanda.core.Failure;
import dev.spanda.media.moderation.Corpus.Example;
import dev.spanda.media.moderation.Regression.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Trains the tables of {@link Moderator} from labelled sets, and measures on parts that were held
 * out what such tables are worth. The same sets give the same tables, byte for byte.
 *
 * <p>Reads, from one folder, {@code davidson*.csv}, {@code surge_toxicity*.csv}, {@code
 * surge_profanity*.csv}, {@code sms_spam*.tsv} and {@code youtube*.csv}, whose sources the
 * provenance page names. Not thread-safe.
 */
public final class ModeratorTrainer {

  /**
   * How well one head does on one set.
   *
   * @param part {@code toxicity} or {@code spam}
   * @param protocol how training and test were kept apart
   * @param set the set that was scored
   * @param messages how many messages of it
   * @param auc the area under the receiver's curve, 0 to 1
   * @param recall at 3.2 % false positives, 0 to 1
   * @param attacks what is added to the area, by the name of the attack, when all messages of the
   *     set are written so; empty when no attacks were tried
   */
  public record Figure(
      String part,
      String protocol,
      String set,
      int messages,
      double auc,
      double recall,
      Map<String, Double> attacks) {

    /** Copies. */
    public Figure {
      attacks = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attacks));
    }
  }

  private static final double FALSE_POSITIVES = 0.032;
  private static final int FOLDS = 5;
  private static final long SEED = 11;

  /** Sets of hundreds count as much as they can beside sets of thousands. */
  private static final double SMALL_SET = 12;

  private static final double VIDEO = 8;
  private static final double HOUSE = 8;
  private static final double HAM = 0.6;
  private static final double ATTACKED = 0.5;
  private static final int LEAST_COUNT = 3;

  private final Corpus corpus;
  private final Normaliser normaliser;
  private final Vocabulary vocabulary;
  private final Lexicon lexicon;

  /**
   * Reads the sets of a folder and makes the vocabulary and the word list of them.
   *
   * @throws Failure INVALID, subject {@code data}, when the folder holds none of them or one is not
   *     as it should be
   */
  public ModeratorTrainer(Path data) {
    this.corpus = Corpus.read(data);
    Normaliser plain = new Normaliser(Vocabulary.EMPTY);
    this.vocabulary = Vocabulary.of(counts(plain));
    this.normaliser = new Normaliser(vocabulary);
    this.lexicon = lexicon();
  }

  /** The SHA-256 of every file that was read, in hexadecimal digits, by its name. */
  public Map<String, String> digests() {
    return java.util.Collections.unmodifiableMap(corpus.digests);
  }

  private Map<String, Integer> counts(Normaliser plain) {
    Map<String, Integer> counts = new HashMap<>();
    List<String> texts = new ArrayList<>();
    corpus.toxicity.forEach(example -> texts.add(example.text()));
    corpus.spam.forEach(example -> texts.add(example.text()));
    for (String text : texts) {
      for (String word : plain.read(text).words()) {
        if (Character.isLetterOrDigit(word.charAt(0)) && word.length() <= 24) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    counts.values().removeIf(count -> count < LEAST_COUNT);
    List<String> own = new ArrayList<>();
    corpus.terms.forEach(term -> own.add(term.text()));
    Corpus.house().forEach(row -> own.add(row.get(1)));
    for (String text : own) {
      for (String word : plain.read(text).words()) {
        if (word.length() > 2 && word.chars().allMatch(Character::isLetter)) {
          counts.merge(word, LEAST_COUNT, Math::max);
        }
      }
    }
    return counts;
  }

  private Lexicon lexicon() {
    Map<Integer, Lexicon.Rating> terms = new TreeMap<>();
    for (Corpus.Term term : corpus.terms) {
      List<String> words = normaliser.read(term.text()).words();
      boolean empty = words.stream().allMatch(word -> word.startsWith("<") || word.length() == 1);
      if (!empty && words.size() <= Lexicon.LONGEST_TERM) {
        Lexicon.Rating unused =
            terms.merge(
                Lexicon.key(words, 0, words.size()),
                new Lexicon.Rating(term.categories(), term.severity()),
                (a, b) ->
                    new Lexicon.Rating(
                        a.categories() | b.categories(), Math.max(a.severity(), b.severity())));
      }
    }
    return Lexicon.of(terms);
  }

  /**
   * Measures by training on parts and scoring the others. In domain: five folds of Davidson, Surge
   * and SMS, one video at a time of YouTube. Across: each set by a model that has seen none of it.
   * All attacks are tried in domain. Takes a minute or two. The vocabulary and the word list are
   * made of all sets; the weights never see what they are scored on.
   */
  public List<Figure> crossValidate() {
    List<Figure> figures = new ArrayList<>();
    for (Part part : List.of(new Part(false), new Part(true))) {
      if (part.examples.isEmpty()) {
        continue;
      }
      figures.addAll(part.heldOut(true).figures("held out"));
      figures.addAll(part.across());
    }
    return List.copyOf(figures);
  }

  /**
   * Trains on everything and writes the tables. The probabilities are fitted to the scores of the
   * five folds, every set counted alike and both labels of a set alike.
   *
   * @throws Failure FAILED, subject {@code output}, when the file cannot be written
   */
  public void train(Path output) {
    Tables tables = new Tables(vocabulary, lexicon, new Part(false).head(), new Part(true).head());
    try (OutputStream out = Files.newOutputStream(output)) {
      tables.write(out);
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.FAILED, "output", "The tables cannot be written to " + output)
          .causedBy(e);
    }
  }

  /**
   * Scores the sets of a folder with the tables that are in this jar. Where they are the very files
   * that these were trained on the figures say how well they were learnt, not how good they are.
   *
   * @throws Failure INVALID, subject {@code data}
   */
  public static List<Figure> evaluate(Path data) {
    Corpus corpus = Corpus.read(data);
    Moderator moderator = Moderator.packaged();
    List<Figure> figures = new ArrayList<>();
    for (boolean spam : new boolean[] {false, true}) {
      List<Example> examples = spam ? corpus.spam : corpus.toxicity;
      Scored scored = new Scored(spam ? "spam" : "toxicity", examples, Attack.values().length);
      Random random = new Random(SEED);
      Attack[] attacks = Attack.values();
      for (int i = 0; i < examples.size(); i++) {
        String text = examples.get(i).text();
        scored.clean[i] = moderator.sum(text, spam);
        for (int k = 0; k < attacks.length; k++) {
          scored.attacked[k][i] = moderator.sum(attacks[k].on(text, random), spam);
        }
      }
      figures.addAll(scored.figures("tables of this jar"));
    }
    return List.copyOf(figures);
  }

  /** Sums of every example, as they are and attacked. */
  private static final class Scored {
    private final String part;
    private final List<Example> examples;
    private final double[] clean;
    private final double[][] attacked;

    Scored(String part, List<Example> examples, int attacks) {
      this.part = part;
      this.examples = examples;
      this.clean = new double[examples.size()];
      this.attacked = new double[attacks][examples.size()];
    }

    List<Figure> figures(String protocol) {
      List<Figure> figures = new ArrayList<>();
      List<String> sets = examples.stream().map(Example::set).distinct().toList();
      for (String set : sets) {
        figures.add(figure(protocol, set, i -> examples.get(i).set().equals(set)));
      }
      if (sets.stream().filter(set -> set.startsWith("youtube")).count() > 1) {
        figures.add(
            figure(protocol, "youtube, all", i -> examples.get(i).set().startsWith("youtube")));
      }
      return figures;
    }

    Figure figure(String protocol, String name, IntPredicate chosen) {
      int[] rows = IntStream.range(0, examples.size()).filter(chosen).toArray();
      boolean[] labels = new boolean[rows.length];
      for (int k = 0; k < rows.length; k++) {
        labels[k] = examples.get(rows[k]).label();
      }
      double[] sums = Arrays.stream(rows).mapToDouble(i -> clean[i]).toArray();
      double auc = Quality.auc(sums, labels);
      Map<String, Double> losses = new LinkedHashMap<>();
      for (int a = 0; a < attacked.length; a++) {
        double[] own = attacked[a];
        double[] with = Arrays.stream(rows).mapToDouble(i -> own[i]).toArray();
        losses.put(Attack.values()[a].word(), Quality.auc(with, labels) - auc);
      }
      return new Figure(
          part,
          protocol,
          name,
          rows.length,
          auc,
          Quality.recallAt(sums, labels, FALSE_POSITIVES),
          losses);
    }
  }

  /** What one head is trained on. */
  private final class Part {
    private final boolean spam;
    private final List<Example> examples;
    private final List<Sample> clean = new ArrayList<>();
    private final List<Sample> attacked = new ArrayList<>();
    private final List<Sample> always = new ArrayList<>();
    private final int[] folds;
    private final int foldCount;

    Part(boolean spam) {
      this.spam = spam;
      this.examples = spam ? corpus.spam : corpus.toxicity;
      Random random = new Random(SEED);
      Attack[] attacks = Attack.values();
      List<String> videos =
          examples.stream()
              .map(Example::set)
              .filter(s -> s.startsWith("youtube"))
              .distinct()
              .toList();
      this.folds = new int[examples.size()];
      this.foldCount = FOLDS + videos.size();
      for (int i = 0; i < examples.size(); i++) {
        Example example = examples.get(i);
        double weight = weight(example.set());
        clean.add(sample(example.text(), example.target(), weight));
        String other = attacks[random.nextInt(attacks.length)].on(example.text(), random);
        attacked.add(sample(other, example.target(), weight * ATTACKED));
        int video = videos.indexOf(example.set());
        folds[i] = video < 0 ? random.nextInt(FOLDS) : FOLDS + video;
      }
      for (List<String> row : Corpus.house()) {
        // What threatens is no spam, and what advertises no insult.
        double target = row.get(0).equals(spam ? "spam" : "toxic") ? 1 : 0;
        always.add(sample(row.get(1), target, HOUSE));
        String other = attacks[random.nextInt(attacks.length)].on(row.get(1), random);
        always.add(sample(other, target, HOUSE * ATTACKED));
      }
      if (!spam) {
        // Messages between friends are no insults, unless the word list says otherwise.
        for (Example example : corpus.spam) {
          Sample sample = sample(example.text(), 0, HAM);
          if (!example.label() && sample.extra().length == 2) {
            always.add(sample);
          }
        }
      }
    }

    private double weight(String set) {
      return set.equals("surge") ? SMALL_SET : set.startsWith("youtube") ? VIDEO : 1;
    }

    private Sample sample(String text, double target, double weight) {
      Features features = Features.of(normaliser.read(text), lexicon);
      return new Sample(
          features.words(),
          features.letters(),
          spam ? features.shape() : features.rated(),
          target,
          weight);
    }

    private Head train(IntPredicate chosen) {
      List<Sample> samples = new ArrayList<>(always);
      for (int i = 0; i < examples.size(); i++) {
        if (chosen.test(i)) {
          samples.add(clean.get(i));
          samples.add(attacked.get(i));
        }
      }
      return Regression.train(samples, SEED);
    }

    Scored heldOut(boolean attack) {
      return scored(foldCount, i -> folds[i], attack);
    }

    /** Scores every example by the head of its fold, which was trained on all other folds. */
    private Scored scored(int count, IntUnaryOperator foldOf, boolean attack) {
      Attack[] attacks = attack ? Attack.values() : new Attack[0];
      Scored scored = new Scored(spam ? "spam" : "toxicity", examples, attacks.length);
      Random random = new Random(SEED + 1);
      for (int fold = 0; fold < count; fold++) {
        int held = fold;
        Head head = train(i -> foldOf.applyAsInt(i) != held);
        for (int i = 0; i < examples.size(); i++) {
          if (foldOf.applyAsInt(i) == fold) {
            scored.clean[i] = clean.get(i).under(head);
            for (int a = 0; a < attacks.length; a++) {
              String other = attacks[a].on(examples.get(i).text(), random);
              scored.attacked[a][i] = sample(other, 0, 1).under(head);
            }
          }
        }
      }
      return scored;
    }

    /** Every set by a head that was trained on the other sets. */
    List<Figure> across() {
      List<String> kinds = examples.stream().map(e -> kind(e.set())).distinct().toList();
      if (kinds.size() < 2) {
        return List.of();
      }
      return scored(kinds.size(), i -> kinds.indexOf(kind(examples.get(i).set())), false)
          .figures("across, none of the set in training");
    }

    private static String kind(String set) {
      return set.startsWith("youtube") ? "youtube" : set;
    }

    Head head() {
      Scored scored = heldOut(false);
      Map<String, Integer> cells = new HashMap<>();
      for (Example example : examples) {
        cells.merge(kind(example.set()) + example.label(), 1, Integer::sum);
      }
      int count = examples.size();
      boolean[] labels = new boolean[count];
      double[] weights = new double[count];
      for (int i = 0; i < count; i++) {
        Example example = examples.get(i);
        labels[i] = example.label();
        weights[i] = 1.0 / cells.getOrDefault(kind(example.set()) + example.label(), 1);
      }
      return Regression.calibrated(train(i -> true), scored.clean, labels, weights);
    }
  }
}

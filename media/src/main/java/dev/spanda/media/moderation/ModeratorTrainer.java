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

  /** How many attacks of each message the sets of hundreds and thousands are trained with. */
  private static final int ATTACKS = 3;

  /** Sets of hundreds count as much as they can beside sets of thousands. */
  private static final double SMALL_SET = 12;

  private static final double VIDEO = 8;
  private static final double HOUSE = 8;
  private static final double HAM = 0.6;
  private static final double ATTACKED = 0.5;
  private static final int LEAST_COUNT = 3;
  private static final int LEAST_PAIRS = 2;

  private final Corpus corpus;

  /**
   * Reads the sets of a folder.
   *
   * @throws Failure INVALID, subject {@code data}, when the folder holds none of them or one is not
   *     as it should be
   */
  public ModeratorTrainer(Path data) {
    this.corpus = Corpus.read(data);
  }

  /** The SHA-256 of every file that was read, in hexadecimal digits, by its name. */
  public Map<String, String> digests() {
    return java.util.Collections.unmodifiableMap(corpus.digests);
  }

  /** How the messages of some examples are read: nothing else has been counted for it. */
  private final class Language {
    private final Vocabulary vocabulary;
    private final Normaliser normaliser;
    private final Lexicon lexicon;

    Language(List<Example> examples) {
      this.vocabulary = vocabulary(examples);
      this.normaliser = new Normaliser(vocabulary);
      this.lexicon = lexicon();
    }

    private Vocabulary vocabulary(List<Example> examples) {
      Normaliser plain = new Normaliser(Vocabulary.EMPTY);
      Map<String, Integer> counts = new HashMap<>();
      Map<Long, Integer> pairs = new HashMap<>();
      for (Example example : examples) {
        long before = Hash.of("^");
        for (String word : plain.read(example.text()).words()) {
          if (Character.isLetterOrDigit(word.charAt(0)) && word.length() <= 24) {
            counts.merge(word, 1, Integer::sum);
          }
          long hash = Hash.of(word);
          pairs.merge(Vocabulary.pair(before, hash), 1, Integer::sum);
          before = hash;
        }
      }
      // What begins a message has been counted as often as there are messages.
      counts.merge("^", examples.size(), Integer::sum);
      counts.values().removeIf(count -> count < LEAST_COUNT);
      pairs.values().removeIf(count -> count < LEAST_PAIRS);
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
      return Vocabulary.of(counts, pairs, Corpus.common());
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
  }

  /**
   * Measures by training on parts and scoring the others. In domain: five folds of Davidson, Surge
   * and SMS, one video at a time of YouTube. Across: each set by a model that has seen none of it.
   * All attacks are tried in domain. Takes a minute or two. Neither the weights nor the vocabulary
   * see what they are scored on.
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
    Part toxicity = new Part(false);
    Language language = toxicity.language(i -> true);
    Tables tables =
        new Tables(language.vocabulary, language.lexicon, toxicity.head(), new Part(true).head());
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

    /** Each example as somebody writes it who hides it, by one or more attacks. */
    private final List<List<String>> attacked = new ArrayList<>();

    private final List<String> houseAttacked = new ArrayList<>();
    private final int[] folds;
    private final int foldCount;

    Part(boolean spam) {
      this.spam = spam;
      this.examples = spam ? corpus.spam : corpus.toxicity;
      Random random = new Random(SEED);
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
        List<String> others = new ArrayList<>();
        int count = example.set().equals("davidson") ? 1 : ATTACKS;
        for (int k = 0; k < count; k++) {
          others.add(any(example.text(), random));
        }
        attacked.add(others);
        int video = videos.indexOf(example.set());
        folds[i] = video < 0 ? random.nextInt(FOLDS) : FOLDS + video;
      }
      Corpus.house().forEach(row -> houseAttacked.add(any(row.get(1), random)));
    }

    private static String any(String text, Random random) {
      Attack[] attacks = Attack.values();
      return attacks[random.nextInt(attacks.length)].on(text, random);
    }

    private double weight(String set) {
      return set.equals("surge") ? SMALL_SET : set.startsWith("youtube") ? VIDEO : 1;
    }

    private Sample sample(Language language, String text, double target, double weight) {
      Features features = Features.of(language.normaliser.read(text), language.lexicon);
      return new Sample(
          features.words(),
          features.letters(),
          spam ? features.shape() : features.rated(),
          target,
          weight);
    }

    /** The language of some examples and of the sets that the other head is for. */
    private Language language(IntPredicate chosen) {
      List<Example> known = new ArrayList<>(spam ? corpus.toxicity : corpus.spam);
      for (int i = 0; i < examples.size(); i++) {
        if (chosen.test(i)) {
          known.add(examples.get(i));
        }
      }
      return new Language(known);
    }

    private Head train(Language language, IntPredicate chosen) {
      List<Sample> samples = new ArrayList<>();
      List<List<String>> house = Corpus.house();
      for (int i = 0; i < house.size(); i++) {
        // What threatens is no spam, and what advertises no insult.
        double target = house.get(i).get(0).equals(spam ? "spam" : "toxic") ? 1 : 0;
        samples.add(sample(language, house.get(i).get(1), target, HOUSE));
        samples.add(sample(language, houseAttacked.get(i), target, HOUSE * ATTACKED));
      }
      if (!spam) {
        // Messages between friends are no insults, unless the word list says otherwise.
        for (Example example : corpus.spam) {
          Sample sample = sample(language, example.text(), 0, HAM);
          if (!example.label() && sample.extra().length == 2) {
            samples.add(sample);
          }
        }
      }
      for (int i = 0; i < examples.size(); i++) {
        if (chosen.test(i)) {
          Example example = examples.get(i);
          double weight = weight(example.set());
          samples.add(sample(language, example.text(), example.target(), weight));
          List<String> others = attacked.get(i);
          for (String other : others) {
            samples.add(
                sample(language, other, example.target(), weight * ATTACKED / others.size()));
          }
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
        IntPredicate chosen = i -> foldOf.applyAsInt(i) != held;
        Language language = language(chosen);
        Head head = train(language, chosen);
        for (int i = 0; i < examples.size(); i++) {
          if (foldOf.applyAsInt(i) == fold) {
            String text = examples.get(i).text();
            scored.clean[i] = sample(language, text, 0, 1).under(head);
            for (int a = 0; a < attacks.length; a++) {
              String other = attacks[a].on(text, random);
              scored.attacked[a][i] = sample(language, other, 0, 1).under(head);
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
      return Regression.calibrated(
          train(language(i -> true), i -> true), scored.clean, labels, weights);
    }
  }
}

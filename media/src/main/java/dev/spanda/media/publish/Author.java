package dev.spanda.media.publish;

import java.util.List;

/** Writes the words of a publication that were asked for and not given. Thread-safe. */
public interface Author {

  /**
   * Writes a caption or a description.
   *
   * @param owner whose publication it is
   * @param plan what is published; its title and text may be empty
   * @param longest how many characters it may have, ≥ 1
   * @return 1 to {@code longest} characters
   */
  String text(String owner, Publication.Plan plan, int longest);

  /**
   * Chooses tags.
   *
   * @param owner whose publication it is
   * @param plan what is published, its text already written
   * @param most how many there may be, ≥ 1
   * @return words without a leading number sign, without doubles
   */
  List<String> tags(String owner, Publication.Plan plan, int most);
}

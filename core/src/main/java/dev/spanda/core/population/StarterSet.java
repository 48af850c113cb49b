package dev.spanda.core.population;

import java.util.List;

/**
 * The populations that a new store may begin with. Sizes are rounded: people, children, elders,
 * births and deaths after the United Nations' World Population Prospects 2024; displaced people
 * after UNHCR, Global Trends 2024; hunger after FAO, The State of Food Security and Nutrition in
 * the World 2024; health workers after WHO, Health Workforce 2022; prisoners after the World Prison
 * Population List, 14th edition (2024); birds after Callaghan, Nakagawa and Cornwell (PNAS 2021);
 * trees after Crowther and others (Nature 2015). Zero stands where nobody has counted.
 */
final class StarterSet {

  static final List<PopulationPlan> ALL =
      List.of(
          plan(
              "All Beings",
              "Everyone and everything that feels, near and far, seen and unseen.",
              0,
              "May all beings be happy and free from suffering",
              "universal"),
          plan(
              "Humanity",
              "All people living on Earth.",
              8_200_000_000L,
              "Peace and prosperity for all",
              "human",
              "global"),
          plan(
              "Children of the World",
              "Everyone below the age of eighteen.",
              2_400_000_000L,
              "Safety, play and someone who listens",
              "human",
              "family"),
          plan(
              "Elders of the World",
              "Everyone of sixty-five years and more.",
              830_000_000L,
              "Dignity, company and rest",
              "human",
              "family"),
          plan(
              "Born Today",
              "The children who come into the world on this day.",
              360_000L,
              "A warm welcome",
              "human",
              "passage"),
          plan(
              "Dying Today",
              "Those who leave the world on this day.",
              170_000L,
              "A gentle passage, without fear and without pain",
              "human",
              "passage"),
          plan(
              "Those Who Mourn",
              "Everyone who has lost someone.",
              0,
              "Comfort, and time to weep",
              "human",
              "healing"),
          plan(
              "Those Who Are Ill",
              "Everyone who lives with illness or pain, at home or in a hospital.",
              0,
              "Relief and healing",
              "human",
              "healing"),
          plan(
              "Healers and Carers",
              "Nurses, doctors, midwives and all who look after others for their work.",
              65_000_000L,
              "Strength, steadiness and gratitude",
              "human",
              "healing"),
          plan(
              "People Driven from Home",
              "Those whom war, persecution or disaster has displaced.",
              123_000_000L,
              "Shelter, safety and a way home",
              "human",
              "peace"),
          plan(
              "People Who Go Hungry",
              "Those who do not have enough to eat.",
              730_000_000L,
              "Food on every table",
              "human",
              "prosperity"),
          plan(
              "Places of War",
              "Everyone, of whatever side, where there is fighting.",
              0,
              "Let the weapons rest",
              "human",
              "peace"),
          plan(
              "People in Prison",
              "Those who live behind bars, and those who guard them.",
              11_500_000L,
              "Dignity and a new beginning",
              "human",
              "peace"),
          plan(
              "The Birds",
              "All wild birds of the Earth.",
              50_000_000_000L,
              "Clear skies and safe ways",
              "animal",
              "nature"),
          plan(
              "Animals in Our Keeping",
              "Those who live in houses, stables and farms.",
              0,
              "Kindness from every hand",
              "animal"),
          plan(
              "The Forests",
              "The trees of the Earth and all who live among them.",
              3_000_000_000_000L,
              "Deep roots, clean rain and long life",
              "nature"),
          plan(
              "The Waters",
              "Oceans, rivers, lakes and springs, with all who live in them.",
              0,
              "Clarity, and abundance of life",
              "nature"));

  private StarterSet() {}

  private static PopulationPlan plan(
      String name, String description, long size, String intention, String... categories) {
    return new PopulationPlan(name, description, size, List.of(categories), intention);
  }
}

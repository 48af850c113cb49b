package dev.spanda.core.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {

  @ParameterizedTest
  @CsvSource({
    "1, $0.12",
    "100, $12.00",
    "101, $12.07",
    "500, $40.00",
    "501, $40.06",
    "2000, $130.00",
    "10000, $530.00",
    "100000, $4130.00",
    "1000000, $31130.00"
  })
  void theStandardTableIsThePrintedOne(long credits, String price) {
    assertThat(PriceTable.format(PriceTable.STANDARD.cents(credits))).isEqualTo(price);
  }

  @Test
  void moreCreditsAlwaysCostMoreAndNeverMoreEach() {
    long before = 0;
    long lastStep = Long.MAX_VALUE;
    for (long credits = 1; credits <= 1_000_000; credits++) {
      long cents = PriceTable.STANDARD.cents(credits);
      long step = cents - before;
      if (step < 1 || step > lastStep) {
        throw new AssertionError(credits + " credits cost " + cents + " after " + before);
      }
      before = cents;
      lastStep = step;
    }
    assertThat(before).isEqualTo(3_113_000);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1000001", "9223372036854775807", "-9223372036854775808"})
  void otherAmountsAreNotSold(long credits) {
    assertThatThrownBy(() -> PriceTable.STANDARD.cents(credits))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.subject()).isEqualTo("amount"))
        .hasMessage("Amount must be between 1 and 1000000 credits");
  }

  @Test
  void aTableThatWouldMakeMoreCreditsDearerEachIsRefused() {
    PriceTable.Tier cheap = new PriceTable.Tier(10, 5);
    assertThatThrownBy(() -> new PriceTable(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PriceTable(List.of(cheap, new PriceTable.Tier(20, 6))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PriceTable(List.of(cheap, new PriceTable.Tier(10, 4))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PriceTable.Tier(10, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(PriceTable.format(5)).isEqualTo("$0.05");
  }
}

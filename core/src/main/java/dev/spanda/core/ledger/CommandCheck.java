package dev.spanda.core.ledger;

import dev.spanda.core.Failure;
import java.time.Instant;

/** The rules that all commands share. */
final class CommandCheck {
  private static final int LONGEST = 200;

  private CommandCheck() {}

  static void account(String id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      throw Failure.invalid("account", id, "An account's name has 1 to 200 characters");
    }
  }

  static void bounds(long floor, long ceiling) {
    if (floor < -Command.UNBOUNDED || ceiling > Command.UNBOUNDED || floor > ceiling) {
      throw Failure.invalid(
          "limits",
          floor + " to " + ceiling,
          "A floor is at least -2^60, a ceiling at most 2^60 and not below the floor");
    }
  }

  static void amount(long amount) {
    if (amount < 1 || amount > Command.UNBOUNDED) {
      throw Failure.invalid("amount", amount, "An amount is a whole number from 1 to 2^60");
    }
  }

  static void movement(String from, String to, long amount, String memo) {
    account(from);
    account(to);
    amount(amount);
    if (from.equals(to)) {
      throw Failure.invalid("account", from, "A movement needs two different accounts");
    }
    if (memo.length() > LONGEST) {
      throw Failure.invalid("memo", memo.length(), "A memo has at most 200 characters");
    }
  }

  static Instant millis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }
}

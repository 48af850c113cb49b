package dev.spanda.astrology.event;

import java.util.function.DoubleUnaryOperator;

/** Roots and extremes of smooth functions of time. */
final class Search {

  private Search() {}

  /**
   * The root in a bracket whose ends differ in sign, by the Illinois variant of false position (M.
   * Dowell and P. Jarratt, BIT 11, 1971): superlinear, never leaves the bracket.
   */
  static double root(
      DoubleUnaryOperator f, double from, double atFrom, double to, double atTo, double tolerance) {
    double a = from;
    double b = to;
    double fa = atFrom;
    double fb = atTo;
    int side = 0;
    double guess = a;
    for (int i = 0; i < 60 && Math.abs(b - a) > tolerance; i++) {
      double next = (a * fb - b * fa) / (fb - fa);
      if (!(next > Math.min(a, b) && next < Math.max(a, b))) {
        next = (a + b) / 2;
      }
      boolean settled = i > 0 && Math.abs(next - guess) < tolerance;
      guess = next;
      double value = f.applyAsDouble(next);
      if (settled || value == 0) {
        return next;
      }
      if (value > 0 == fb > 0) {
        b = next;
        fb = value;
        if (side == -1) {
          fa /= 2;
        }
        side = -1;
      } else {
        a = next;
        fa = value;
        if (side == 1) {
          fb /= 2;
        }
        side = 1;
      }
    }
    return guess;
  }

  /**
   * The minimum of a function that falls and then rises inside an interval, by golden section with
   * parabolas (R. P. Brent, <i>Algorithms for Minimization without Derivatives</i>, 1973, ch. 5).
   */
  static double minimum(DoubleUnaryOperator f, double from, double to, double tolerance) {
    double golden = 0.3819660112501051;
    double a = from;
    double b = to;
    double x = a + golden * (b - a);
    double w = x;
    double v = x;
    double fx = f.applyAsDouble(x);
    double fw = fx;
    double fv = fx;
    double step = 0;
    double before = 0;
    for (int i = 0; i < 80; i++) {
      double middle = (a + b) / 2;
      if (Math.abs(x - middle) <= 2 * tolerance - (b - a) / 2) {
        break;
      }
      double p = 0;
      double q = 0;
      if (Math.abs(before) > tolerance) {
        double r = (x - w) * (fx - fv);
        q = (x - v) * (fx - fw);
        p = (x - v) * q - (x - w) * r;
        q = 2 * (q - r);
        if (q > 0) {
          p = -p;
        }
        q = Math.abs(q);
      }
      double last = before;
      if (Math.abs(p) < Math.abs(0.5 * q * last) && p > q * (a - x) && p < q * (b - x)) {
        before = step;
        step = p / q;
      } else {
        before = x < middle ? b - x : a - x;
        step = golden * before;
      }
      double u = x + (Math.abs(step) >= tolerance ? step : Math.copySign(tolerance, step));
      double fu = f.applyAsDouble(u);
      if (fu <= fx) {
        if (u < x) {
          b = x;
        } else {
          a = x;
        }
        v = w;
        fv = fw;
        w = x;
        fw = fx;
        x = u;
        fx = fu;
      } else {
        if (u < x) {
          a = u;
        } else {
          b = u;
        }
        if (fu <= fw || w == x) {
          v = w;
          fv = fw;
          w = u;
          fw = fu;
        } else if (fu <= fv || v == x || v == w) {
          v = u;
          fv = fu;
        }
      }
    }
    return x;
  }
}

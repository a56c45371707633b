package dev.backprop.core.metric;

import java.util.List;

/// The units in which errors are told, where a network has learned scaled targets: a target y is
/// `z·scale + offset` with z what the network is compared with.
///
/// @param targets the unit of each target; empty where all are as they are
public record Units(List<Unit> targets) {

  /// Targets as they are.
  public static final Units OWN = new Units(List.of());

  /// Half the distance from 1 to the next float: how far a float is from what it stands for.
  private static final double ROUNDING = 0x1p-24;

  /// Copies the list.
  public Units {
    targets = List.copyOf(targets);
  }

  /// The unit of one target.
  ///
  /// @param scale above 0
  public record Unit(double offset, double scale) {}

  /// What a difference of 1 in z is.
  double scale(int target) {
    return targets.isEmpty() ? 1 : targets.get(target).scale();
  }

  /// y from z. A y of 0, for which z is rounded, is 0 again.
  double value(int target, double z) {
    if (targets.isEmpty()) {
      return z;
    }
    Unit unit = targets.get(target);
    double y = z * unit.scale() + unit.offset();
    return Math.abs(y) <= 2 * ROUNDING * Math.abs(unit.offset()) ? 0 : y;
  }
}

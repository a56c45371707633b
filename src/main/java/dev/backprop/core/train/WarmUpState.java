package dev.backprop.core.train;

/// A rise to η in so many epochs, and what gives the rates after it.
record WarmUpState(double learningRate, int epochs, ScheduleState then) implements ScheduleState {

  @Override
  public double learningRate(int epoch) {
    return epoch <= epochs
        ? learningRate * epoch / (epochs + 1.0)
        : then.learningRate(epoch - epochs);
  }

  @Override
  public void epochEnded(EpochReport report) {
    if (report.epoch() > epochs) {
      then.epochEnded(report);
    }
  }
}

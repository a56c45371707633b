package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlasProviderTests {

  @Test
  void loadsOpenBlasOnEveryMachineThatBuildsThis() {
    BlasProvider best = BlasProvider.best();

    assertThat(best.fallbackReason()).isNull();
    assertThat(best.blas()).isInstanceOf(OpenBlas.class);
    assertThat(new Products(best.blas()).description()).startsWith("OpenBLAS 0.3");
  }

  @Test
  void givesPlainJavaWhereItIsAskedFor() {
    BlasProvider plain = BlasProvider.plain();

    assertThat(plain.fallbackReason()).isNull();
    assertThat(plain.blas().description()).isEqualTo("plain Java");
  }
}

// A source of random choices that is the same on every machine.

/** Mulberry32: the same numbers for the same seed. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  }

  below(end) {
    return this.next() % end;
  }

  /** True once in `n` times. */
  oneIn(n) {
    return this.below(n) === 0;
  }

  of(items) {
    return items[this.below(items.length)];
  }

  /** A whole number up to `max`, small and large ones alike. */
  upTo(max) {
    return Math.floor((this.next() / 0x1_0000_0000) * 2 ** -this.below(42) * (max + 1));
  }
}

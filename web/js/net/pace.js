/** A bucket of permits: `burst` at once, then `rate` a second. */
export class Pace {
  #rate
  #burst
  #permits
  #at

  constructor (rate, burst, now) {
    this.#at = now
    this.#permits = burst
    this.set(rate, burst)
  }

  set (rate, burst) {
    this.#rate = rate
    this.#burst = burst
    this.#permits = Math.min(this.#permits, burst)
  }

  /** 0 if a permit was taken, else the milliseconds until there is one. */
  take (now) {
    const passed = Math.max(0, now - this.#at) // a clock may be set back
    this.#permits = Math.min(this.#burst, this.#permits + passed / 1000 * this.#rate)
    this.#at = now
    if (this.#permits < 1) return Math.ceil((1 - this.#permits) / this.#rate * 1000)
    this.#permits -= 1
    return 0
  }
}

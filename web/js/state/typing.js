const BEAT = 1_000 // ms; one istyping a second tells as much as one a key
const TYPING_EXPIRES = 6_000 // ms; longer than two beats of a peer that types

/** What to tell while somebody types here: an action, or null for nothing new. */
export class OwnTyping {
  #toldAt = null

  changed (text, now) {
    if (text.trim() === '') return this.stopped()
    if (this.#toldAt !== null && now - this.#toldAt < BEAT) return null
    this.#toldAt = now
    return 'istyping'
  }

  stopped () {
    if (this.#toldAt === null) return null
    this.#toldAt = null
    return 'endtyping'
  }
}

/** Whether the peer types: until they say no, or say nothing for a while. */
export class PeerTyping {
  #onChange
  #timer = null

  constructor (onChange) {
    this.#onChange = onChange
  }

  set (on) {
    const was = this.#timer !== null
    clearTimeout(this.#timer)
    this.#timer = on ? setTimeout(() => this.set(false), TYPING_EXPIRES) : null
    if (on !== was) this.#onChange(on)
  }
}

export const firstUnseen = (messages, mark) => messages.find(m => !m.own && m.id > mark)
export const countUnseen = (messages, mark) => messages.filter(m => !m.own && m.id > mark).length

/**
 * How far the peer's messages were seen here: a high-water mark that only rises, and is told to the
 * server once for each connection at most. `store` has load() and save(id).
 */
export class SeenMark {
  #store
  #told = 0
  mark

  constructor (store) {
    this.#store = store
    this.mark = store.load()
  }

  raise (id) {
    if (id <= this.mark) return
    this.mark = id
    this.#store.save(id)
  }

  /** The server knows already: another tab told it, or this one, earlier. */
  known (id) {
    this.raise(id)
    this.#told = Math.max(this.#told, id)
  }

  /** A lost tail: positions above this one will be given out again. */
  limit (id) {
    if (this.mark <= id) return
    this.mark = this.#told = id
    this.#store.save(id)
  }

  reconnected () { this.#told = 0 }
  toSend () { return this.mark > this.#told ? this.mark : 0 }
  sent (id) { this.#told = id }
}

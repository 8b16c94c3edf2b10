const IN_FLIGHT = 8 // frames; what a long time offline has gathered does not leave all at once

/**
 * What is to be sent, from Enter until its echo, in order, and the rules by which each is stored
 * exactly once. An entry is
 *  - `tried` once it left under its present key: it may be stored, so only the same key may repeat it
 *  - `out` while an answer is awaited on this connection
 *  - `uncertain` when nobody knows whether it was stored: it keeps its key, and goes alone, because a
 *    later key that is accepted would use this one up
 *  - `refused` when the server did not store it and wants it again, later: that needs a new key
 *  - `failed` when it will not be stored as it is: the user decides
 */
export class Queue {
  #client
  #count = 0
  entries

  constructor (client, entries) {
    this.#client = client
    this.entries = entries
    this.doubt(entries)
  }

  add (event, payload, time) {
    const key = this.#nextKey()
    this.entries.push({
      id: key,
      key,
      event,
      payload,
      time,
      tried: false,
      out: false,
      uncertain: false,
      refused: false,
      failed: null
    })
  }

  find (key) { return this.entries.find(entry => entry.key === key) }
  remove (entry) { this.entries = this.entries.filter(other => other !== entry) }
  get oldestOut () { return this.entries.find(entry => entry.out) }
  get idle () { return this.entries.every(entry => entry.failed) }

  /** What may be sent now, or null. */
  next () {
    this.#renewKeys()
    const settling = this.entries.some(entry => entry.refused)
    const out = this.entries.filter(entry => entry.out)
    if (out.length >= IN_FLIGHT || out.some(entry => entry.uncertain)) return null
    const entry = this.entries.find(e => !e.out && !e.refused && !e.failed && (e.tried || !settling))
    return entry && !(entry.uncertain && out.length > 0) ? entry : null
  }

  sent (entry, now) {
    entry.tried = entry.out = true
    entry.sentAt = now
  }

  /** Answers to these, or the connection they would come by, can not be counted on. */
  doubt (entries) {
    for (const entry of entries) {
      entry.out = false
      if (entry.tried && !entry.refused && !entry.failed) entry.uncertain = true
    }
  }

  after (entry) { return this.entries.slice(this.entries.indexOf(entry)) }

  /**
   * Frames of one page load are stored in their order, and their echoes come in that order. One that
   * was overtaken was refused, even if that answer got lost.
   */
  overtaken ({ key }) {
    const [client, n] = split(key)
    for (const entry of this.entries) {
      const [other, m] = split(entry.key)
      if (other !== client || m >= n || !entry.tried || entry.failed) continue
      entry.refused = true
      entry.out = entry.uncertain = false
    }
  }

  /**
   * A refused key is used up as soon as a later one was accepted, and later entries must stay behind
   * it: all of them get new keys, but only once nothing is left whose outcome is unknown. New keys
   * for those would store them twice.
   */
  #renewKeys () {
    const first = this.entries.findIndex(entry => entry.refused)
    if (first < 0) return
    if (this.entries.some(entry => entry.tried && !entry.refused && !entry.failed)) return
    for (const entry of this.entries.slice(first)) {
      if (entry.failed) continue
      entry.key = this.#nextKey()
      entry.tried = entry.refused = false
    }
  }

  #nextKey () {
    return `${this.#client}:${++this.#count}`
  }
}

function split (key) {
  const at = key.lastIndexOf(':')
  return [key.slice(0, at), Number(key.slice(at + 1))]
}
